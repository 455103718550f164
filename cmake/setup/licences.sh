# shellcheck shell=bash
# Licences: what Floe hands out has libraries in it, so it must have their licences, too. Set-up keeps
# them beside each library, in share/licenses/NAME, where cmake/FloeNotices.cmake finds them.

# keep_licences NAME PREFIX FILE...
keep_licences() {
  local folder=$2/share/licenses/$1 file
  [ $# -gt 2 ] || fail "the source of $1 has no licence at its top" \
    'find the file that has it, and let cmake/setup keep that, too'
  mkdir -p "$folder"
  for file in "${@:3}"; do
    [ -r "$file" ] || fail "the licence of $1 is missing: there is no $file" \
      'if dpkg is set up to leave out documentation, let it install */copyright, reinstall' \
      'the package, and run cmake/setup.sh again'
    cp -L "$file" "$folder/"
  done
}

# keep_source_licences SOURCE PREFIX: those at the top of a library's source. The last part of SOURCE is
# the library's name.
keep_source_licences() {
  local files
  mapfile -t files < <(find "$1" -maxdepth 1 -type f \
    \( -name 'LICEN[CS]E*' -o -name 'COPYING*' -o -name 'NOTICE*' \))
  keep_licences "$(basename "$1")" "$2" "${files[@]}"
}

# licences_of FILE 'PATTERN...': of a copyright file of Debian, which tells of all files of a source,
# the paragraphs on those PATTERNs of files, and the licences that these name.
licences_of() {
  awk -v RS= -v FS='\n' -v wanted="$2" '
    BEGIN { count = split(wanted, list, " "); for (i = 1; i <= count; i++) want[list[i]] }
    {
      is_chosen = in_files = 0
      licence = ""
      for (i = 1; i <= NF; i++) {
        if ($i ~ /^[^ ]/) in_files = $i ~ /^Files:/
        count = split($i, list, /[ \t]+/)
        for (j = 1; in_files && j <= count; j++) if (list[j] in want) is_chosen = 1
        if ($i ~ /^License:/) licence = substr($i, 10)
      }
      if (/^License:/) is_chosen = licence in named
      if (!is_chosen) next
      print $0 "\n"
      count = split(licence, list, / (or|and|with) /)
      for (i = 1; i <= count; i++) named[list[i]]
    }' "$1"
}
