--- Frames of Chinese, which parts its words by no spaces: S表示，C。 “C”，S说。 据S介绍，C。
-- @module lesdiplo.grammar.quote.han
local byte, find, match, sub = string.byte, string.find, string.match, string.sub
local gmatch, ipairs, pairs = string.gmatch, ipairs, pairs
_ENV = nil
local M = {}

local HEAD = 120         -- bytes behind a semicolon in which another's word of saying stands
local PARTS = 8          -- semicolons that are looked at
local CONTENT = 18       -- bytes of what is said without a comma before it

-- Marks that part clauses; each is three bytes long, as the characters are.
local parts = { ["，"] = true, ["。"] = true, ["；"] = true, ["："] = true, ["！"] = true,
                ["？"] = true, ["、"] = false }

-- Words between a subject and its verb.
local adverbs = {}
for word in gmatch([[也 还 還 并 並 又 则 則 曾 同时 同時 对此 對此 再次 特别 特別 进一步 進一步 共同 一致 均 都 随后
  隨後 此前 日前 近日 今天 今日 昨天 昨日 当天 當天 接着 接著 最后 最後 首先 明确 明確 其后 其後 会上 會上 公开 再
  仅 僅 只 就 却 卻 才 便 更 多次 一再 随即 隨即 继续 繼續 联合 聯合 在会上 亦 会见时 會見時 時 时]], "%S+") do
  adverbs[word] = true
end

-- What makes something else of a word of saying: 称为, 说明, 是指.
local not_before = { ["是"] = true, ["所"] = true, ["被"] = true, ["可"] = true, ["据"] = true,
                     ["传"] = true, ["名"] = true, ["简"] = true, ["簡"] = true, ["统"] = true,
                     ["小"] = true, ["学"] = true, ["學"] = true, ["对"] = true,
                     ["手"] = true, ["目"] = true, ["俗"] = true, ["人"] = false, ["职"] = true }
not_before["出"], not_before["有"], not_before["无"], not_before["無"] = true, true, true, true
local responds = { ["回应"] = true, ["回應"] = true }                 -- 作出回应
local not_behind = { ["为"] = true, ["為"] = true, ["明"] = true, ["法"] = true, ["号"] = true,
                     ["號"] = true, ["服"] = true, ["导"] = true, ["導"] = true, ["定"] = true,
                     ["责"] = true, ["責"] = true, ["标"] = true, ["標"] = true, ["数"] = true,
                     ["挥"] = true, ["的"] = true, ["了"] = true, ["过"] = true, ["到"] = true,
                     ["呼"] = true, ["赞"] = true, ["讚"] = true, ["作"] = true, ["南"] = true,
                     ["出"] = true, ["复"] = true, ["案"] = true, ["应"] = "答", ["應"] = "答",
                     ["成"] = true, ["有"] = false, ["辞"] = true, ["感"] = true, ["望"] = false }

local function char_before (u, at) return at > 3 and sub(u, at - 3, at - 1) or "" end
local function char_at (u, at) return sub(u, at, at + 2) end

-- Where the clause begins that ends before a place, and what stands before that.
local function clause_before (u, last)
  local at = last
  while at >= 1 do
    local b = byte(u, at)
    if b == 1 then return at + 1, "\1" end
    if b >= 0x80 and b < 0xC0 and at >= 3 then
      local c = sub(u, at - 2, at)
      if parts[c] then return at + 1, c end
    elseif b == 0x3B or b == 0x2C then
      return at + 1, "，"
    end
    at = at - 1
  end
  return 1, "start"
end

local function list (words)
  local out = {}
  for word in gmatch(words, "%S+") do out[#out + 1] = word end
  return out
end

local function starts (u, first, last, words)
  for _, word in ipairs(words) do
    if first + #word - 1 <= last and sub(u, first, first + #word - 1) == word then return #word end
  end
end

local function ends (u, first, last, words)
  for _, word in ipairs(words) do
    if last - #word + 1 >= first and sub(u, last - #word + 1, last) == word then return #word end
  end
end

-- To whom, between a subject and its verb.
local listeners = list [[对记者 對記者 向记者 向記者 对媒体 對媒體 向媒体 向媒體 对此 對此]]

-- What tells when begins and ends with these: 王毅在会见B时表示.
local times = { list "时 時 后 後 前 期间 期間 之际 之際 中 间隙 間隙 会上 會上 上 时候 時候",
                list "在 于 於 同 与 與 就 出席 访问 訪問 会见 會見" }

-- Without what tells when, which ends there: the last byte of what stands before it; the
-- byte before the first where nothing does.
local function before_time (u, first, last)
  if not ends(u, first, last, times[1]) then return last end
  local at = first
  while at <= last do
    if starts(u, at, last, times[2]) then return at - 1 end
    at = at + (byte(u, at) >= 0xE0 and 3 or 1)
  end
  return last
end

-- Without the adverbs that stand between it and the verb.
local function subject_of (u, first, last)
  last = last - (ends(u, first, last, listeners) or 0)
  last = before_time(u, first, last)
  local again = true
  while again do
    again = false
    for word in pairs(adverbs) do
      if last - first + 1 >= #word and sub(u, last - #word + 1, last) == word then
        last, again = last - #word, true
      end
    end
  end
  for word in gmatch("同时 同時 对此 對此 此外 另外 随后 隨後 其中 而 但 但是 并 並", "%S+") do
    if sub(u, first, first + #word - 1) == word then first = first + #word end
  end
  while find(sub(u, first, first), "%s") do first = first + 1 end
  return first, last
end

-- With what a clause without a subject begins: 强调将继续, 强调并无此事.
local predicates = list [[将 將 已 会 會 不 愿 願 要 应 應 须 須 没有 沒有 并无 並無 并未 並未 并不 並不 绝不 絕不
  决不 決不 必须 必須 目前 现在 現在 正在 尚 仍 暂 暫 当前 當前]]
-- With what somebody goes on to say something else.
local goes_on = { ["并"] = true, ["並"] = true, ["还"] = true, ["還"] = true, ["也"] = true }
local announces = {}
for word in gmatch("表示 强调 强調 強調 重申 宣布 宣佈 声明 聲明", "%S+") do announces[word] = true end

local said = list "表示 指出 强调 强調 回应 回應 说 說 称 稱 指"
local speaking = list "我 双方 雙方 两国 兩國 中方 并 並 还 還 又 也 同时 同時 而 其"

-- Does somebody else begin to speak in a stretch: 政府作出回应，指? The first bytes tell.
local function other_speaks (u, first, last)
  if starts(u, first, last, speaking) then return false end
  local head = sub(u, first, last < first + HEAD and last or first + HEAD)
  for _, word in ipairs(said) do
    local a, b = find(head, word, 7, true)
    if a and not not_before[char_before(head, a)] and not not_behind[char_at(head, b + 1)] then
      return true
    end
  end
  return false
end

-- The last byte of what somebody says that stands behind a byte.
local function sentence_end (u, at)
  local stop = (find(u, "。", at, true) or #u + 1) - 1
  local part = find(u, "；", at, true)
  local count = 0
  while part and part < stop and count < PARTS do
    count = count + 1
    local next_part = find(u, "；", part + 3, true)
    local last = next_part and next_part < stop and next_part - 1 or stop
    if other_speaks(u, part + 3, last) then return part - 1 end
    part = next_part
  end
  return stop
end

-- Words before one that make a noun of it.
local issued = { ["声明"] = list "发表 发布 联合 共同 的", ["聲明"] = list "發表 發布 聯合 共同 的",
                 ["介绍"] = list "的", ["介紹"] = list "的" }

-- Words before a word of saying that are not part of it: 会谈后指出, 又指.
local before_verb = list "后 後 又 並 并"

-- Where the part of a sentence begins in which a place stands: behind a stop or a semicolon.
local function part_of (u, at)
  local first = 1
  for _, mark in ipairs{ "。", "；", "！", "？" } do
    local a = find(u, mark, first, true)
    while a and a < at do
      first = a + #mark
      a = find(u, mark, first, true)
    end
  end
  return first
end

local sources, citing = list "据 據", list "引述 援引 引用"

-- What somebody is asked about what others say, as the last clause of a question: 外交部对此有何评论？
local having = list "有何 有什么 有什麼 如何"
local asks = list "评论 評論 回应 回應 看法 反应 反應 评价 評價"

-- The last byte of what a source says that stands behind a byte, without a question about it.
local function statement_end (u, at)
  local last = sentence_end(u, at)
  local question = find(u, "？", at, true)
  if not question or question > last then return last end
  local from, bound = clause_before(u, question - 1)
  if bound ~= "，" or from <= at + 3 then return last end
  for _, word in ipairs(having) do
    local have = find(u, word, from, true)
    if have and have < question and ends(u, from, question - 1, asks) then return from - 4 end
  end
  return last
end

-- 据S介绍，C
local function source_frame (u, cue)
  local comma = find(u, "，", cue.last + 1, true)
  if not comma or comma - cue.last > 90 then return nil end
  local begin, bound = clause_before(u, cue.first - 1)
  if begin < cue.first and sub(u, begin, cue.first - 1) ~= "另" then return nil end
  local first, last = cue.last + 1, comma - 1
  for word in gmatch("介绍说 介紹說 介绍 介紹 报道 報道 報導 透露 消息 说 說 称 稱 统计 的说法", "%S+") do
    if sub(u, last - #word + 1, last) == word then last = last - #word break end
  end
  for _, word in ipairs(citing) do                                  -- 据报纸援引官员的话报道
    local at = find(u, word, first + 3, true)
    if at and at <= last then last = at - 1 end
  end
  if last < first then return nil end
  return { cue = cue, kind = "head", first = comma + 3, last = statement_end(u, comma),
           subject = { { first = first, last = last } }, start = cue.first, source = true,
           bound = bound }
end

--- The frame around one word of saying, or nil.
function M.frame (u, cue, x)
  if cue.entry.source then return source_frame(u, cue) end
  local form, behind = cue.entry.form, not_behind[char_at(u, cue.last + 1)]
  if (#form == 3 or responds[form]) and not_before[char_before(u, cue.first)]
     or #form <= 6 and (behind == true or behind == form) then
    return nil
  end
  for word in pairs(x.denied) do
    if sub(u, cue.first - #word, cue.first - 1) == word then return nil end
  end
  local verb = cue.first + (#form > 3 and starts(form, 1, #form, before_verb) or 0)
  cue.first = verb
  local from, bound = clause_before(u, verb - 1)
  local first, last = subject_of(u, from, verb - 1)
  if starts(u, first, last, sources) then return nil end          -- 据王毅介绍: a source
  local subject = last >= first and { { first = first, last = last } } or {}
  local next_at = match(u, "^%s*()", cue.last + 1)
  local c = char_at(u, next_at)
  local frame = { cue = cue, subject = subject, start = from, bound = bound,
                  follows = #subject == 0 or nil }
  if issued[form] and ends(u, first, last, issued[form]) then return nil end    -- 发表声明
  local elided = #subject == 0 and bound == "，"                  -- S作出回应，指C
  if elided then frame.part = part_of(u, from) end
  if c == "，" or c == "：" or byte(u, next_at) == 0x3A or byte(u, next_at) == 1 then
    local at = next_at
    if byte(u, at) ~= 1 then at = match(u, "^[%s]*()", at + (byte(u, at) == 0x3A and 1 or 3)) end
    if byte(u, at) == 1 and bound == "\1" and #subject > 0 then      -- “C，”S说，“C”
      frame.kind, frame.first, frame.last, frame.resume = "middle", 1, from - 1, at
      return frame
    end
    if byte(u, at) == 1 then frame.kind, frame.first, frame.last = "marks", at, #u return frame end
    if at > #u then return nil end
    frame.kind, frame.first, frame.last = "head", at, sentence_end(u, at)
    return frame
  end
  if c == "。" or next_at > #u then
    if bound == "\1" or bound == "，" and from > 3 and #subject > 0 then
      local b = bound == "\1" and from - 1 or from - 4
      frame.kind, frame.first, frame.last = "tail", 1, b
      return frame
    end
    return nil
  end
  local stop = sentence_end(u, next_at)
  local plain = form == "表示" or form == "宣布" or form == "宣佈" or form == "介绍" or form == "介紹"
               or form == "重申" or form == "呼吁" or form == "呼籲" or form == "提到" or form == "谈到"
               or form == "談到" or form == "声明" or form == "希望" or form == "相信" or form == "答"
               or form == "强调" or form == "强調" or form == "指" or form == "強調" or form == "聲明"
               or form == "证实" or form == "證實" or form == "回应" or form == "回應" or form == "痛批"
               or form == "反驳" or form == "反駁"
  if #subject == 0 and bound == "，" and goes_on[sub(u, from, verb - 1)]
     and starts(u, next_at, stop, predicates) then             -- 并称愿继续合作
    frame.kind, frame.first, frame.last = "head", next_at, stop
    return frame
  end
  local comma = plain and find(u, "，", next_at, true) or stop + 1
  if not plain and (elided or #subject > 0) and stop - next_at > CONTENT
     or #subject > 0 and announces[form] and starts(u, next_at, stop, predicates) then
    if comma <= stop then stop = comma - 1 end                -- 表示愿意谈判，同时召回了大使
    frame.kind, frame.first, frame.last = "head", next_at, stop
    return frame
  end
end

return M
