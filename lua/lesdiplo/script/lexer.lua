--- Lua text as tokens, without running it.
--
-- The text is one that Lua's own compiler has taken: what is wrong in it has been
-- told already, so nothing is checked here again.
-- @module lesdiplo.script.lexer
local lpeg = require "lpeg"
local P, R, S = lpeg.P, lpeg.R, lpeg.S
local C, Cb, Cc, Cg, Cmt, Cp, Ct = lpeg.C, lpeg.Cb, lpeg.Cc, lpeg.Cg, lpeg.Cmt, lpeg.Cp, lpeg.Ct
local char, concat, ipairs, tonumber = string.char, table.concat, ipairs, tonumber
local utf8_char = utf8.char
_ENV = nil
local M = {}

local keywords = {}
for word in ([[and break do else elseif end false for function goto if in local nil not or
               repeat return then true until while]]):gmatch "%a+" do
  keywords[word] = true
end

-- Atoms
local letter, digit, hex = R("az", "AZ") + P"_", R"09", R("09", "af", "AF")
local name = letter * (letter + digit)^0
local open = P"[" * Cg(P"="^0, "level") * "[" * P"\n"^-1
local close = Cmt(P"]" * C(P"="^0) * "]" * Cb "level", function (_, _, a, b) return a == b end)
local long = open * C((1 - close)^0) * close / function (text) return text end

local escapes = { a = "\a", b = "\b", f = "\f", n = "\n", r = "\r", t = "\t", v = "\v" }
local escape = P"\\" * (
    P"z" * S" \t\r\n\f\v"^0 * Cc ""
  + P"x" * C(hex * hex) / function (h) return char(tonumber(h, 16)) end
  + P"u{" * C(hex^1) * "}" / function (h) return utf8_char(tonumber(h, 16)) end
  + C(digit * digit^-2) / function (d) return char(tonumber(d)) end
  + C(S"abfnrtv") / escapes
  + P"\r"^-1 * P"\n" * Cc "\n" + C(1))
local function quoted (mark)
  local part = escape + C((1 - S("\\" .. mark))^1)
  return P(mark) * (Ct(part^0) / concat) * P(mark)
end

local number = P"0" * S"xX" * (hex + "." + S"pP" * S"+-"^-1)^1
             + (digit^1 * (P"." * digit^0)^-1 + P"." * digit^1) * (S"eE" * S"+-"^-1 * digit^1)^-1
local operator = P"..." + ".." + "==" + "~=" + "<=" + ">=" + "//" + "::" + "<<" + ">>"
               + S"+-*/%^#&~|<>=(){}[];:,."

-- Rules: a token is its place, its kind and its value.
local comment = P"--" * (long / 0 + (1 - P"\n")^0)
local blank = (S" \t\r\n\f\v" + comment)^0
local function kind_of (word)
  if keywords[word] then return word, word end
  return "name", word
end
local token = Cp() * (name / kind_of
                      + Cc "string" * (long + quoted "\"" + quoted "'")
                      + Cc "number" * C(number)
                      + operator / function (sign) return sign, sign end)
local one = token / function (at, kind, value) return { at = at, kind = kind, value = value } end
local every = blank * Ct((one * blank)^0) * Cp()

-- The line of each token, in one walk through the text.
local function set_lines (text, tokens)
  local line, at = 1, 1
  for _, token_ in ipairs(tokens) do
    while true do
      local newline = text:find("\n", at, true)
      if not newline or newline >= token_.at then break end
      line, at = line + 1, newline + 1
    end
    token_.line = line
  end
end

--- The tokens of a chunk: kind (a keyword, a sign, "name", "string", "number"),
-- value, line and at, its place. After the last one stands one of kind "end".
--     > #lexer.tokens("local a = 'x' -- no")
--     5
---@param text string a chunk that compiles
---@return table[] tokens
function M.tokens (text)
  local tokens, stop = every:match(text)
  set_lines(text, tokens)
  local last = tokens[#tokens]
  tokens[#tokens + 1] = { kind = "end.", value = "", at = stop, line = last and last.line or 1 }
  return tokens
end

return M
