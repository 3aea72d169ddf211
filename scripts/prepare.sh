# Sourced by run and test: makes sure that what the build needs is there, and says what it does.
# POSIX sh.

say() { printf 'netlab: %s\n' "$*" >&2; }
fail() { say "$1"; printf '  %s\n' "$2" >&2; exit 1; }

# Runs a command as root: directly, or through sudo where there is one.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        return 127
    fi
}

can_be_root() { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null 2>&1; }

# install PURPOSE DEBIAN FEDORA ARCH ALPINE SUSE BREW: installs the package that each system's
# manager knows by that name ('-' where it has none). Returns 1 where it cannot; $wanted then
# names the package.
install() {
    purpose=$1
    refresh=true
    if command -v apt-get >/dev/null 2>&1; then
        manager=apt-get wanted=$2 refresh='apt-get update -qq'
        set -- env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends
    elif command -v dnf >/dev/null 2>&1; then
        manager=dnf wanted=$3
        set -- dnf install -y -q
    elif command -v pacman >/dev/null 2>&1; then
        manager=pacman wanted=$4 refresh='pacman -Sy --noconfirm'
        set -- pacman -S --noconfirm --needed
    elif command -v apk >/dev/null 2>&1; then
        manager=apk wanted=$5
        set -- apk add -q
    elif command -v zypper >/dev/null 2>&1; then
        manager=zypper wanted=$6
        set -- zypper -q install -y
    elif command -v brew >/dev/null 2>&1; then
        say "installing $7 with brew: $purpose"
        brew install -q "$7"
        return
    else
        wanted=$2
        return 1
    fi
    [ "$wanted" != - ] && can_be_root || return 1
    say "installing $wanted with $manager: $purpose"
    # The lists of packages may be missing or old on a fresh machine: they are refreshed only
    # where the first try fails.
    # shellcheck disable=SC2086
    as_root "$@" $wanted >/dev/null 2>&1 ||
        { as_root $refresh >/dev/null && as_root "$@" $wanted >/dev/null; }
}

has_pcap() {
    printf '#include <pcap/pcap.h>\nint main(void) { return pcap_lib_version() == 0; }\n' |
        cc -x c - -o /dev/null -lpcap >/dev/null 2>&1
}

# What helps whoever may install nothing.
instead='Or take the static executable of a release, which needs neither Rust nor an administrator.'

prepare_build() {
    command -v cargo >/dev/null 2>&1 || [ ! -x "$HOME/.cargo/bin/cargo" ] || PATH=$HOME/.cargo/bin:$PATH
    command -v cargo >/dev/null 2>&1 ||
        fail 'Rust is missing.' "Install it from https://rustup.rs and run this again. $instead"
    command -v cc >/dev/null 2>&1 ||
        fail 'a C compiler is missing.' "Install gcc (or clang) and run this again. $instead"
    has_pcap && return
    install 'the headers of libpcap, which captures packets' \
        libpcap-dev libpcap-devel libpcap libpcap-dev libpcap-devel libpcap || true
    has_pcap || fail 'the headers of libpcap are missing and cannot be installed from here.' \
        "Ask whoever administers this machine to install ${wanted:-libpcap-dev}, then run this again. $instead"
}
