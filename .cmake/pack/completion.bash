# bash completion of tgrunner-lua
_tgrunner_lua() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
  local options="--sim --sim-load --token-file --env-file --api-root --journal --log-level --log-format
    -q -v -e --version --help -h"
  COMPREPLY=()
  case $prev in
    --log-level) mapfile -t COMPREPLY < <(compgen -W "debug info warn error none" -- "$cur") ;;
    --log-format) mapfile -t COMPREPLY < <(compgen -W "auto text json" -- "$cur") ;;
    --token-file | --env-file | --journal) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
    --api-root | --sim-load | -e) ;;
    *)
      if [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
      else
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        if ((COMP_CWORD == 1)); then
          local names
          names=$("${COMP_WORDS[0]}" help 2>/dev/null | sed -n '/^Subcommands/,$s/^  \([a-z]*\) .*/\1/p')
          mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$names" -- "$cur")
        fi
      fi
      ;;
  esac
  compopt -o filenames 2>/dev/null
}
complete -F _tgrunner_lua tgrunner-lua
