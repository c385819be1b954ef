# Turns SQL files into rows of C.
#   what=queries     every "-- name: x" section of the files becomes QUERY(x, "...")
#   what=migrations  every file becomes MIGRATION("0001-…", "...")
# Comment lines between a name and its text go; the order of the files is the order of the rows.
function quote(line) { gsub(/\\/, "\\\\\\\\", line); gsub(/"/, "\\\"", line); return "        \"" line "\\n\"\n" }
function finish() { if (open) printf ")\n"; open = 0 }
FNR == 1 && what == "migrations" { finish(); name = FILENAME; sub(/.*\//, "", name); sub(/\.sql$/, "", name)
  printf "MIGRATION(\"%s\",\n", name; open = 1 }
what == "queries" && /^-- name: / { finish(); printf "QUERY(%s,\n", $3; open = 1; next }
what == "queries" && (!open || /^--/ || /^[ \t]*$/) { next }
{ printf "%s", quote($0) }
END { finish() }
