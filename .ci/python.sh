# Functions that find a Python which Weightbench works with; read by other scripts with `.`

# As in requires-python of pyproject.toml, which follows what PySide6 is made for.
versions="3.11 3.12 3.13 3.14"
versions_in_words="3.11, 3.12, 3.13 or 3.14"
candidates="python3 python3.13 python3.12 python3.11 python3.14"

# can COMMAND CODE: does that Python run that code?
can() {
    "$1" -I -c "$2" >/dev/null 2>&1
}

version_of() {
    "$1" -I -c 'import sys; print("{}.{}".format(*sys.version_info))' 2>/dev/null
}

# supported VERSION: is that one of those Weightbench works with?
supported() {
    case " $versions " in
    *" $1 "*) return 0 ;;
    *) return 1 ;;
    esac
}

is_complete() {
    can "$1" 'import ensurepip, venv'
}

# Prints PYTHON if that is set and works, else the first candidate that works; one that can make
# virtual environments goes before one that cannot yet. Prints nothing if there is none.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        if supported "$(version_of "$PYTHON")"; then
            printf '%s\n' "$PYTHON"
        fi
        return
    fi
    incomplete=
    for candidate in $candidates; do
        supported "$(version_of "$candidate")" || continue
        if is_complete "$candidate"; then
            echo "$candidate"
            return
        fi
        [ -n "$incomplete" ] || incomplete=$candidate
    done
    echo "$incomplete"
}

# Says which Pythons were tried and which would do.
say_no_python() {
    tried=
    for candidate in ${PYTHON:+"$PYTHON"} $([ -n "${PYTHON:-}" ] || echo "$candidates"); do
        version=$(version_of "$candidate") || continue
        tried="$tried${tried:+, }$candidate is Python $version"
    done
    echo "Weightbench needs Python $versions_in_words (${tried:-there is none on the path})." \
        "Install one of these, or name one: make run PYTHON=..." >&2
}
