# Turns JSON files into rows of C: ar.json becomes PHRASE_FILE("ar", "..."), list.json PHRASE_FILE("list", "...").
function quote(line) { gsub(/\\/, "\\\\\\\\", line); gsub(/"/, "\\\"", line); return "        \"" line "\\n\"\n" }
FNR == 1 { if (NR > 1) printf ")\n"; name = FILENAME; sub(/.*\//, "", name); sub(/\.json$/, "", name); printf "PHRASE_FILE(\"%s\",\n", name }
{ printf "%s", quote($0) }
END { printf ")\n" }
