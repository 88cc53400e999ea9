# Run by packaging/test-windows.sh as an ordinary user inside the chroot. Pipes on both sides: under Wine, Python cannot
# start with a file or /dev/null there.
export WINEDEBUG=-all HOME=$(getent passwd "$(id -un)" | cut -d: -f6)
export WINEPREFIX=$HOME/prefix
cd "$HOME"
failed=0
ok() { echo "ok     $*"; }
bad() { echo "FAILED $*"; failed=1; }
check() { if [ "$2" = "$3" ]; then ok "$1"; else bad "$1: $2, expected $3"; fi; }
run() { echo | wine "$@" 2>&1 | cat; }
code() { echo | wine "$@" >/dev/null 2>&1; echo $?; }
key='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\ResourceGuide'
asked() { wine reg query "$1" /v "$2" 2>/dev/null | tr -d '\r' | sed -n "s/.*REG_[A-Z]*  *//p"; }
files() { (cd "$1" && find . -type f | sort | xargs -d '\n' sha256sum | sha256sum); }
wineboot -i >/dev/null 2>&1; wineserver -w

check "a half-copied setup is refused" "$(test "$(code /put/half.exe /S /CurrentUser)" != 0 && echo refused)" refused
check "silent, for one account" "$(code /put/setup.exe /S /CurrentUser)" 0
where=$(asked "$key" InstallLocation); here=$(readlink -f "$(winepath -u "$where" 2>/dev/null)")  # not by way of dosdevices: Windows would see a name with a colon
app=$here/app; echo "       installed in $where, version $(asked "$key" DisplayVersion), $(du -sm "$app" | cut -f1) MB"
check "the double click" "$(asked 'HKCU\Software\Classes\ResourceGuide.Bundle\shell\open\command' '' | grep -c 'ResourceGuide.exe" "%1"')" 1
check "the start menu" "$(find "$WINEPREFIX/drive_c" -name 'Resource Guide.lnk' | grep -c 'Start Menu')" 1
check "policy and first update beside the setup" "$(ls "$WINEPREFIX/drive_c/ProgramData/ResourceGuide" | tr '\n' ' ')" "first.guide policy.toml "

run "$app/ResourceGuide.exe" --self-test | tr -d '\r' | tee self-test.log | grep -v '^ok' ; check "the self test" "$(grep -c 'All of it works' self-test.log)" 1
check "search" "$(run "$app/guide.exe" search shelter --json | grep -c '"hits"')" 1
check "import of an update" "$(run "$app/guide.exe" import 'Z:\put\demo.guide' --yes --json | grep -c '"edition_name": "2026.12"')" 1
ids=$(run "$app/guide.exe" search shelter --json | tr -d '\r' | grep -oE '"id": "[0-9a-f-]+"' | head -3 | cut -d'"' -f4 | paste -sd,)
run "$app/guide.exe" sheet --services "$ids" -o 'Z:\put\sheet.pdf' >/dev/null
check "a sheet as PDF" "$(pdftotext /put/sheet.pdf - 2>/dev/null | grep -c . | awk '{print ($1 > 5)}')" 1
mkdir -p "/put/Añejo Ñandú دليل"
run "$app/guide.exe" --data 'Z:\put\Añejo Ñandú دليل' backup 'Z:\put\Añejo Ñandú دليل\copia.guide-backup' >/dev/null
check "folders with other letters" "$(test -s "/put/Añejo Ñandú دليل/copia.guide-backup" && echo there)" there
echo "       printers: $(run "$app/guide.exe" doctor | tr -d '\r' | grep -i printer)"
run "$app/guide.exe" sheet --services "$ids" --print Paper | tr -d '\r' | tail -3
check "printing by Windows' own path reaches the spooler" "$(lpstat -o Paper 2>/dev/null | grep -c '^Paper-')" 1

data=$WINEPREFIX/drive_c/users/tester/AppData/Local/resource-guide
before=$(files "$data"); whole=$(files "$app")
(wine /put/setup.exe /S /CurrentUser >/dev/null 2>&1; echo $? >first.code) & sleep 0.2
second=$(code /put/setup.exe /S /CurrentUser); wait
check "two setups at once: one finishes, the other says so" "$(printf '%s\n' "$second" "$(cat first.code)" | sort -n | paste -sd' ')" "0 4"
check "whole after two at once" "$(files "$app")" "$whole"
ln -sfn /small "$WINEPREFIX/dosdevices/e:"  # a small drive of its own
check "a full disk is told" "$(code /put/setup.exe /S /CurrentUser '/D=E:\guide')" 8
check "and leaves nothing behind" "$(find /small -type f | wc -l)" 0
wine reg add "$key" /v InstallLocation /t REG_SZ /d "$where" /f >/dev/null 2>&1
head -c 9000000 /put/newer.guide-program >/put/bent.guide-program
check "half a newer version of the program is refused" "$(run "$app/guide.exe" program verify 'Z:\put\bent.guide-program' --json | grep -c '"error": "damaged"')" 1
check "the newer version on the stick is offered" "$(run "$app/guide.exe" program verify 'Z:\put\newer.guide-program' --json | grep -cE '"verdict": "newer"|"way": "setup"')" 2
run "$app/guide.exe" program install 'Z:\put\newer.guide-program' --yes --silent | tr -d '\r' | tail -2
for _ in $(seq 300); do [ "$(asked "$key" DisplayVersion)" = 9.9.9 ] && break; sleep 1; done
check "update to a newer version, verified, copied and started by the program itself" "$(asked "$key" DisplayVersion)" 9.9.9
wineserver -w
before=$(files "$data")
check "and the same setup once more, by hand" "$(code /put/newer.exe /S /CurrentUser)" 0
check "its version" "$(asked "$key" DisplayVersion)" 9.9.9
check "an older setup over a newer program is refused" "$(code /put/setup.exe /S /CurrentUser)" 3
check "what the shelter wrote, after all that" "$(files "$data")" "$before"
whole9=$(files "$app")
(echo | wine "$app/ResourceGuide.exe" 2>/dev/null | cat >/dev/null) &
sleep 12; during=$(code /put/newer.exe /S /CurrentUser)
echo "       setup while the program is open ended with $during (5: told to close it; Wine lets open folders be renamed)"
check "whole after that" "$(files "$app")" "$whole"
wineserver -k; wait
mkdir -p "$here/app.old/runtime"; echo held >"$here/app.old/runtime/held.dll"  # an update can leave this, and removal must not stop at it
mkdir -p "$here/app.old/stuck"; touch "$here/app.old/stuck/file"; chmod 555 "$here/app.old/stuck"  # what cannot be taken away stops it
silently=$(asked "$key" QuietUninstallString); echo "       $silently"
# By the very line of the registry: its last word has no quotes, and wine on a command line would give it some.
printf '@start /wait "" %s\r\n@exit %%errorlevel%%\r\n' "$silently" >/put/remove.bat
check "a removal that is stopped says so" "$(code cmd /c 'Z:\put\remove.bat')" 5
check "and the program is whole" "$(files "$app" | cut -c1-64)" "$(echo "$whole9" | cut -c1-64)"
chmod 755 "$here/app.old/stuck"
check "uninstall, silently, and it waits until it is done" "$(code cmd /c 'Z:\put\remove.bat'; test -e "$app" && echo there)" 0
check "the words the registry has for it" "$(printf %s "$silently" | grep -c '_?=')" 1
for _ in $(seq 90); do [ -e "$here" ] || break; sleep 1; done  # it goes on by itself after the command has ended
check "the program is gone" "$(test -e "$here" && find "$here" | head -3 || echo gone)" gone
check "the registry is clean" "$(asked "$key" DisplayVersion)$(asked 'HKCU\Software\Classes\.guide' 'Content Type')" ""
check "what the shelter wrote stays" "$(test -d "$data" && echo there)" there
carried=/put/stick/ResourceGuide
run "$carried/ResourceGuide.exe" --self-test | tr -d '\r' | tee portable.log | grep -v '^ok'; check "the portable program's self test" "$(grep -c 'All of it works' portable.log)" 1
check "it searches" "$(run "$carried/guide.exe" search shelter --json | grep -c '"hits"')" 1
run "$carried/guide.exe" backup 'Z:\put\stick\house.guide-backup' >/dev/null
check "it backs up what lies beside it" "$(test -d "$carried/data" && test -s /put/stick/house.guide-backup && echo there)" there
wineserver -k
exit $failed
