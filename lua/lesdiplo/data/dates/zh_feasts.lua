-- The names of feasts and days in Chinese: the name of a day in data/feasts.lua, and what it is
-- called, in simplified characters as far as there are any; those of the other script are made
-- below, and both kinds of the one for a feast beside the other characters.
local names = [[
  new_year: 元旦 阳历新年 新年 元旦节 公历新年
  womens_day: 妇女节 三八妇女节 国际妇女节 国际劳动妇女节
  labour: 劳动节 五一劳动节 五一国际劳动节 五一
  children: 儿童节 六一儿童节
  army_day: 建军节 八一建军节
  christmas: 圣诞 圣诞节 圣诞日
  christmas_eve: 平安夜
  fools: 愚人节 愚人日
  halloween: 万圣节 万圣夜
  valentine: 情人节
  consumers: 三一五 消费者权益日
  arbor_cn: 植树节
  youth_cn: 青年节 五四青年节
  teachers_cn: 教师节
  national_cn: 国庆节 国庆 十一国庆节
  double_ten: 双十节
  party_cn: 建党节
  hong_kong_return: 香港回归纪念日
  macau_return: 澳门回归纪念日
  singles: 光棍节 双十一
  thanksgiving: 感恩节
  mothers: 母亲节
  fathers: 父亲节
  black_friday: 黑色星期五
  earth_day: 地球日 世界地球日
  human_rights: 人权日 国际人权日
  diplomats_day: 外交工作者日 外交官日
  un_day: 联合国日
  bosses: 老板节 老闆节 老板日
  epiphany: 主显节 三王来朝节
  all_saints: 诸圣节 诸圣日
  spring_festival: 春节 农历新年 农历正月初一 大年初一 正月正時 中国新年 农历年初一
  lunar_eve: 除夕 年三十
  lantern: 元宵节 元宵
  dragon_boat: 端午节 端午
  qixi: 七夕 七夕节
  mid_autumn: 中秋节 中秋
  double_ninth: 重阳节
  qingming: 清明节 清明
  easter: 复活节 主复活日
  easter_monday: 复活节星期一 复活节翌日
  holy_saturday: 复活节前夜 主受难节翌日 神圣週六 黑色星期六
    耶稣受难日翌日 圣周六
  good_friday: 耶稣受难日 耶穌受难日 圣週五 主受难日 主受难节 受难日
    圣周五 沈默周五
  ash_wednesday: 圣灰星期三 灰日 大斋首日
  shrove: 忏悔火曜日 煎饼星期二 忏悔星期二
  palm_sunday: 棕枝主日 圣枝主日
  maundy: 设立圣餐日 濯足节 濯足星期四 圣周四
  ascension: 耶稣升天节 升天节
  pentecost: 圣灵降临节 圣灵降临日 五旬节
  whit_monday: 圣灵节庆日
  trinity: 天主三一主日 天主圣三一节 圣三主日 圣三节
  corpus_christi: 基督圣体圣血节 基督圣体节 基督聖體聖血瞻礼
  orthodox_easter: 东正教复活节
  orthodox_monday: 东正教复活节星期一
  orthodox_saturday: 东正教神圣週六 东正教主受难节翌日 東正教复活节前夜
    東正教耶稣受难日翌日
  orthodox_good_friday: 东正教主受难节 东正教圣週五 东正教沈默週五
    东正教耶稣受难日
  orthodox_palm: 东正教棕枝主日 东正教圣枝主日 东正教聖樹主日
  lazarus: 拉撒路圣週六
  nowruz: 诺鲁孜节 纳吾肉孜节 诺鲁兹节
  diwali: 排灯节 万灯节 屠妖节 印度灯节 迪瓦利节 点灯节
  vesak: 卫塞节 威瑟节
  songkran: 泼水节 宋干节
  holi: 胡里节 洒紅节 洒红节 荷丽节 好利节 欢悦节 五彩节 侯丽节 霍利节
    色彩节
  eid_fitr: 开斋节 肉孜节 尔代节
  eid_adha: 古尔邦节 宰牲节 忠孝节 哈芝节
  islamic_new_year: 伊斯兰新年 伊斯兰教新年 回历新年
  ashura: 阿舒拉节 阿舒拉日
  mawlid: 圣纪节 圣忌节 先知诞辰
  ramadan: 斋月 穆斯林斋月 拉马丹月 莱麦丹月
  laylat_qadr: 法令之夜 权力之夜
  yom_kippur: 赎罪日
  rosh_hashanah: 犹太新年
  sukkot: 住棚节 结茅节
  shemini_atzeret: 圣会节
  simchat_torah: 西赫妥拉节 转经节 律法节 诵经节
  hanukkah: 光明节 修殿节 献殿节 烛光节 哈努卡节 净殿节
  passover: 逾越节 无酵节
  shavuot: 五旬節 七七节 收获节 新果实节
  tu_bishvat: 犹太植树节 圖比舍巴特节 树木新年 图比舍巴特节
  yom_haatzmaut: 以色列国庆节 以色列独立日 以色列国庆日
  lag_baomer: 篝火节 犹太教篝火节
  patrick: 圣帕特里克节
  us_independence: 独立日 美国独立日
  chhath: 克哈特普迦节 恰特节 查特节
  raksha_bandhan: 印度兄妹节 拉克沙班丹节 兄妹节 保护绳节
  pongal: 印度丰收节 淡米尔丰收节 泰米尔丰收节 庞格尔节
  pongal_third: 印度丰收节第四天 庞格尔节第四天
  mattu_pongal: 印度丰收节第三天 庞格尔节第三天
  dussehra: 十胜节 凯旋节 德塞拉节 达瑟拉节 达塞拉节
  navaratri: 九夜节 难近母节
  tisha_bav: 圣殿被毁日
  lent: 大斋节 大斋期 四旬期 四旬斋 封斋期
  ganesh_chaturthi: 象头神节 象神节
  janmashtami: 黑天神诞生节 黑天诞辰 克里希那诞辰
  shivaratri: 湿婆节 湿婆神节 湿婆之夜
  rama_navami: 罗摩诞辰
  guru_nanak: 古鲁那纳克诞辰
  mahavir: 大雄诞辰
  ravidass: 古鲁拉维达斯诞辰
  isra: 登霄节 登霄夜
  buddha_birthday: 佛诞 佛诞日 佛诞节 浴佛节
  all_souls: 诸灵节 万灵节
  boxing: 节礼日
  mlk: 马丁路德金日 马丁路德金纪念日
  memorial: 阵亡将士纪念日
  columbus: 哥伦布日
  veterans: 退伍军人节 退伍军人日
  cyber_monday: 网络星期一
  australia_day: 澳大利亚日 澳洲国庆日
  anzac: 澳新军团日 澳纽军团日
  waitangi: 怀唐伊日
  canada_day: 加拿大国庆日
  bastille: 法国国庆日
  environment_day: 世界环境日
  health_day: 世界卫生日
  water_day: 世界水日
  refugee_day: 世界难民日
  humanitarian_day: 世界人道主义日
  peace_day: 国际和平日
  orthodox_christmas: 东正教圣诞节
  new_year_eve: 新年前夜 跨年夜
  pi_day: 圆周率日
  groundhog: 土拨鼠日
  labor_us: 美国劳动节
]]

-- A simplified character, and the other one.
local pairs_of = [[
  节節复復圣聖灵靈斋齋万萬灯燈洒灑丽麗欢歡悦悅农農历曆阳陽妇婦
  劳勞动動儿兒军軍诞誕护護师師国國庆慶双雙党黨归歸门門纪紀亲親
  华華东東难難体體礼禮犹猶献獻烛燭诵誦经經转轉赎贖会會独獨树樹
  开開尔爾权權显顯诸諸总總统統伦倫亚亞兰蘭达達罗羅丰豐胜勝凯凱
  卫衛泼潑诺諾鲁魯兹茲纳納临臨忏懺饼餅设設阵陣将將乔喬执執饥饑
  际際联聯环環见見书書战戰终終马馬纽紐网網黄黃宁寧绳繩谢謝发發
  业業员員恶惡龙龍气氣乐樂
]]

local HAN = "[\xC0-\xFF][\x80-\xBF]*"
local other = {}
for simple, full in pairs_of:gmatch("(" .. HAN .. ")(" .. HAN .. ")") do other[simple] = full end

local written, key = {}, nil
for word in names:gmatch "%S+" do
  if word:find ":$" then key = word:sub(1, -2) else written[#written + 1] = { word, key } end
end

-- What is written stands before what is made of another name.
local out = {}
for _, one in ipairs(written) do out[one[1]] = one[2] end
for _, one in ipairs(written) do
  for _, form in ipairs { one[1], (one[1]:gsub(HAN, other)) } do
    for _, feast in ipairs { "节", "節" } do
      local name = form:gsub("节", feast):gsub("節", feast)
      out[name] = out[name] or one[2]
    end
  end
end
return out
