# On a real Windows: install silently for all, look through it, double click, update, remove. $args[0]: the folder of the setup.
$ErrorActionPreference = "Stop"
$setup = (Get-ChildItem $args[0] -Filter "ResourceGuide-*-setup.exe")[0].FullName
function Run($file, $words) { $p = Start-Process $file $words -Wait -PassThru; return $p.ExitCode }
function Check($what, $is, $should) { if ("$is" -ne "$should") { throw "FAILED ${what}: $is, expected $should" }; "ok     $what" }
Check "silent, for all accounts" (Run $setup "/S /AllUsers") 0
$key = Get-ItemProperty "HKLM:\Software\Microsoft\Windows\CurrentVersion\Uninstall\ResourceGuide"
$app = Join-Path $key.InstallLocation "app"
& "$app\guide.exe" doctor
$log = & "$app\guide.exe" search shelter --json
Check "search" ($log -match '"hits"').Count 1
$p = Start-Process "$app\ResourceGuide.exe" "--self-test" -Wait -PassThru
Check "the self test" $p.ExitCode 0
$open = Start-Process "$app\ResourceGuide.exe" -PassThru
Start-Sleep 8
Check "setup while the program is open" (Run $setup "/S /AllUsers") 5
Stop-Process $open
Start-Sleep 2
Check "again over the same version" (Run $setup "/S /AllUsers") 0
Check "uninstall" (Run "$($key.InstallLocation)\uninstall.exe" "/AllUsers /S") 0
