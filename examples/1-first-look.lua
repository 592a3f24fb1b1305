#!/usr/bin/env lesdiplo
--[==[ lesdiplo-script 1
name    = "first-look"
version = "1.0.0"
api     = 1
summary = "What documents are there: a row for each"
license = "MIT"
categories = ["start here"]
[param.lang]
type = "string"
default = ""
example = "en"
help = "Only documents in this language (en, zh, ru, fr ...)"
[doc.note]
title = "A dam for the valley"
date = "1998-07-04"
source = "The Valley Courier"
kind = "news"
text = "The two ministers signed the paper. The work begins in May."
[doc.lettre]
lang = "fr"
text = "La ministre a signé la lettre à Maseru, et elle est partie le soir même."
[test.all]
columns = ["id", "title", "date", "source", "lang", "sentences"]
expect = """
note\tA dam for the valley\t1998-07-04\tThe Valley Courier\ten\t2
lettre\t\t\t\tfr\t1
"""
[test.french]
params = "--lang fr"
columns = ["id", "lang"]
expect = """
lettre\tfr
"""
]==]

-- Run it over your own documents with
--
--     lesdiplo -c FOLDER examples/1-first-look.lua
--
-- and in another format with -f: csv for a spreadsheet, html for a browser,
-- jsonl for other programs.
--
-- What stands above between [==[ and ]==] is the script's header. It is read
-- without running anything: it names the script, and declares its parameters.
-- Here there is one, so `--lang en` can be written after the script's name.
-- Whatever stands after "--" in a line, as here, is a remark for people.

local script = ...                    -- the header, with the values given

-- Documents can be filtered: by lang, kind, source, since, until. A filter that
-- is nil asks for nothing.
local filter = {}
if script.params.lang ~= "" then filter.lang = script.params.lang end

-- A row is a table of names and values. What a document does not say is nil,
-- and its cell stays empty: nothing is ever guessed.
local rows = { columns = { "id", "title", "date", "source", "lang", "kind", "sentences" } }
for doc in corpus:docs(filter) do
  rows[#rows + 1] = {
    id = doc.id,                      -- how citations call it
    title = doc.title,
    date = doc.date,
    source = doc.source,              -- who published it
    lang = doc.lang,
    kind = doc.kind,                  -- news wiki policy communique speech letter other
    sentences = #doc:sentences(),     -- "#" counts
  }
end

-- Rows that a script returns are printed in the format that was asked for.
return rows
