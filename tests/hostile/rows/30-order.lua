-- row 30: chance, and the order of what is printed
-- with: -f json
-- ends: 0
-- twice
for _ = 1, 5 do print(math.random(1000000), math.random()) end
math.randomseed()
print(math.random(1000000))
for i = 1, 20 do
  lesdiplo.emit{ zeta = i, alpha = 2, beta = { one = 1, two = 2, three = 3 }, gamma = math.random(100) }
end
