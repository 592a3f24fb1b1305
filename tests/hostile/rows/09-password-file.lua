-- row 9: the password file
-- ends: 5
-- says: --allow-read /etc/passwd
print(files.open("/etc/passwd"):read())
