"$LESDIPLO" -c tests/golden/people/growth.txt -e '
local function tell (what)
  for _, name in ipairs{ "country", "place", "person" } do
    for span in corpus:layer(name) do print(what, name, span.id, span.form, name == "person" and span.role) end
  end
end
tell "before"
corpus:entities{ { id = "katseville", kind = "place", name = "Katseville", capital = "yes", country = "LSO" } }
tell "a capital"
corpus:entities{ { id = "warden", kind = "role", name = "Chief Basin Warden" } }
tell "a role"
corpus:entities{ { id = "warden", kind = "role", name = "Basin Warden", rank = "modifier" } }
tell "a modifier"'
