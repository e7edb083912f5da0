# Draws on a display that nobody sees: for sourcing. Xvfb, xdotool, and import of ImageMagick.
# shellcheck shell=bash

display_pid='' program_pid='' scratch=''

# start_display WIDTHxHEIGHT: a display of its own, until the script or the display is ended.
start_display() {
  end_display
  scratch=${scratch:-$(mktemp -d)}
  local number=$scratch/display
  : >"$number"
  Xvfb -displayfd 3 -screen 0 "$1x24" -nolisten tcp -noreset 3>"$number" >/dev/null 2>&1 &
  display_pid=$!
  local until=$((SECONDS + 30))
  until [[ $(<"$number") ]]; do
    if ((SECONDS > until)) || ! kill -0 "$display_pid" 2>/dev/null; then
      echo "No virtual display could be started." >&2
      exit 1
    fi
    sleep 0.1
  done
  DISPLAY=:$(<"$number")
  export DISPLAY
  unset WAYLAND_DISPLAY
  # Out of the way: what is under the pointer looks different.
  xdotool mousemove 0 0
}

# start_program COMMAND…: on that display.
start_program() {
  "$@" &
  program_pid=$!
}

still_runs() { kill -0 "$program_pid" 2>/dev/null; }

# wait_until_still FILE: waits until the display shows something that no longer changes, and keeps that in FILE.
# Fails after a minute, and when the program ends before.
wait_until_still() {
  local look=$scratch/look.png until=$((SECONDS + 60)) before='' same=0 now
  while still_runs && ((SECONDS <= until)); do
    sleep 0.3
    import -silent -window root "$look"
    # How many colours, and a digest of the pixels. Before the first frame there are hardly any colours.
    now=$(identify -format '%k %#' "$look")
    if ((${now%% *} > 64)) && [[ $now == "$before" ]]; then
      same=$((same + 1))
    else
      same=0
    fi
    if ((same == 2)); then
      mv "$look" "$1"
      return
    fi
    before=$now
  done
  return 1
}

end_program() { end "$program_pid"; program_pid=''; }
end_display() { end_program; end "$display_pid"; display_pid=''; }

# end PID: asks it to end, and waits until it has.
end() {
  if [[ -n $1 ]]; then
    kill "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
  fi
}

end_all() {
  end_display
  [[ -z $scratch ]] || rm -rf "$scratch"
}

# Ends what was started, however the script ends.
trap end_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
