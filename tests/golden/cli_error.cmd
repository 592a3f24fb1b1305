printf 'for doc in corpus:docs() do\n  local title = doc.title\n  print(title:len(), doc.no.thing)\nend\n' |
  "$LESDIPLO" -c seeds - 2>&1
