; The installer: for one account or for all, by hand or silently (/S), over an older version in one step.
; Silent switches: /S  /CurrentUser | /AllUsers  /D=C:\folder (last). Exit codes: 0 done, 3 newer version is here,
; 4 another setup runs, 5 the program is open, 8 disk or permission: in each of these the old state stays whole.
; Removal: uninstall.exe /CurrentUser | /AllUsers /S _?=C:\folder ends 0 done, 5 stopped.
Unicode true
Target amd64-unicode
!ifdef FAST
SetCompressor zlib
!else
SetCompressor /SOLID lzma
!endif
CRCCheck force
ManifestDPIAware true
!define NAME "Resource Guide"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\ResourceGuide"
!define CLASS "ResourceGuide.Bundle"
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "Resource Guide"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallLocation"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!include MultiUser.nsh
!include MUI2.nsh
!include WordFunc.nsh
!include FileFunc.nsh
!include LogicLib.nsh
Name "${NAME}"
OutFile "${OUT}"
BrandingText " "
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey FileDescription "${NAME} setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "Apache License 2.0"
!define MUI_FINISHPAGE_RUN "$INSTDIR\app\ResourceGuide.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English
!insertmacro MUI_LANGUAGE Spanish
LangString NEWER ${LANG_ENGLISH} "A newer version ($R1) is on this computer already. Nothing was changed."
LangString NEWER ${LANG_SPANISH} "En esta computadora ya hay una versión más nueva ($R1). No se cambió nada."
LangString TWICE ${LANG_ENGLISH} "This setup is running already. Let it finish first."
LangString TWICE ${LANG_SPANISH} "Este instalador ya está en marcha. Deje que termine primero."
LangString OPEN ${LANG_ENGLISH} "The guide is open on this computer. Close it in every account, then try again. Nothing was changed yet."
LangString OPEN ${LANG_SPANISH} "La guía está abierta en esta computadora. Ciérrela en todas las cuentas y vuelva a intentarlo. Todavía no se cambió nada."
LangString FULL ${LANG_ENGLISH} "The files could not be written: the disk is full, or this account may not write here. Nothing was changed."
LangString FULL ${LANG_SPANISH} "No se pudieron escribir los archivos: el disco está lleno o esta cuenta no puede escribir aquí. No se cambió nada."

Function Refuse ; code on the stack, then the text
    Pop $R8
    Pop $R9
    SetErrorLevel $R8
    ${IfNot} ${Silent}
        MessageBox MB_OK|MB_ICONEXCLAMATION "$R9"
    ${EndIf}
    System::Call 'kernel32::ExitProcess(i $R8)'
FunctionEnd

Function .onInit
    StrCpy $R7 $INSTDIR ; what /D= said; the next line forgets it
    !insertmacro MULTIUSER_INIT
    ${If} $R7 != ""
        StrCpy $INSTDIR $R7
    ${EndIf}
    System::Call 'kernel32::CreateMutexW(p 0, i 1, w "Global\ResourceGuideSetup") p .r1 ?e'
    Pop $0
    ${If} $0 = 183
        Push "$(TWICE)"
        Push 4
        Call Refuse
    ${EndIf}
    ReadRegStr $R1 SHCTX "${KEY}" "DisplayVersion"
    ${If} $R1 != ""
        ${VersionCompare} "$R1" "${VERSION}" $R2
        ${If} $R2 = 1
            Push "$(NEWER)"
            Push 3
            Call Refuse
        ${EndIf}
    ${EndIf}
FunctionEnd

Section
    ; All files first, beside the old ones: until the two renames below nothing has changed.
    RMDir /r "$INSTDIR\app.new"
    ${GetRoot} "$INSTDIR" $0
    ClearErrors
    ${DriveSpace} "$0\" "/D=F /S=K" $1
    ${IfNot} ${Errors}
        System::Int64Op $1 < ${SIZE}
        Pop $2
        ${If} $2 = 1
            Goto full
        ${EndIf}
    ${EndIf}
    ClearErrors
    SetOverwrite try
    SetOutPath "$INSTDIR\app.new"
    File /r "${PROGRAM}/*"
    IfErrors full
    SetOutPath "$INSTDIR" ; a folder that is somebody's place to stand cannot be renamed
    RMDir /r "$INSTDIR\app.old"
again:
    ${If} ${FileExists} "$INSTDIR\app\*"
        ClearErrors
        Rename "$INSTDIR\app" "$INSTDIR\app.old"
        ${If} ${Errors}
            ${IfNot} ${Silent}
                MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(OPEN)" IDRETRY again
            ${EndIf}
            RMDir /r "$INSTDIR\app.new"
            SetErrorLevel 5
            System::Call 'kernel32::ExitProcess(i 5)'
        ${EndIf}
    ${EndIf}
    ClearErrors
    Rename "$INSTDIR\app.new" "$INSTDIR\app"
    ${If} ${Errors}
        Rename "$INSTDIR\app.old" "$INSTDIR\app"
        Goto full
    ${EndIf}
    RMDir /r "$INSTDIR\app.old"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\app\ResourceGuide.exe"
    WriteRegStr SHCTX "Software\Classes\.guide" "" "${CLASS}"
    WriteRegStr SHCTX "Software\Classes\.guide" "Content Type" "application/vnd.resource-guide.bundle"
    WriteRegStr SHCTX "Software\Classes\${CLASS}" "" "Guide update"
    WriteRegStr SHCTX "Software\Classes\${CLASS}\DefaultIcon" "" "$INSTDIR\app\ResourceGuide.exe,1"
    WriteRegStr SHCTX "Software\Classes\${CLASS}\shell\open\command" "" '"$INSTDIR\app\ResourceGuide.exe" "%1"'
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
    WriteRegStr SHCTX "${KEY}" "DisplayName" "${NAME}"
    WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr SHCTX "${KEY}" "Publisher" "The Resource Guide authors"
    WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\app\ResourceGuide.exe"
    WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
    ; _?= lets the removal wait until it is done and tell how it ended; without it the command ends with 0 at once.
    WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S _?=$INSTDIR'
    WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" ${SIZE}
    WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
    WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1
    ; What an administrator laid beside this setup: the policy of the house, and the first update.
    ReadEnvStr $3 ProgramData
    ${If} $3 != ""
        ${If} ${FileExists} "$EXEDIR\policy.toml"
            CreateDirectory "$3\ResourceGuide"
            CopyFiles /SILENT "$EXEDIR\policy.toml" "$3\ResourceGuide\policy.toml"
        ${EndIf}
        ${If} ${FileExists} "$EXEDIR\first.guide"
            CreateDirectory "$3\ResourceGuide"
            CopyFiles /SILENT "$EXEDIR\first.guide" "$3\ResourceGuide\first.guide"
        ${EndIf}
    ${EndIf}
    Goto done
full:
    SetOutPath "$TEMP"
    RMDir /r "$INSTDIR\app.new"
    RMDir "$INSTDIR"
    Push "$(FULL)"
    Push 8
    Call Refuse
done:
SectionEnd

; What NSIS itself breaks off (a disk that fills on the way): nothing half stays.
Function .onInstFailed
    SetOutPath "$TEMP"
    RMDir /r "$INSTDIR\app.new"
    RMDir "$INSTDIR"
    SetErrorLevel 8
FunctionEnd

Function un.onInit
    !insertmacro MULTIUSER_UNINIT
FunctionEnd

Section Uninstall
    ; What the shelter wrote lies in each account's own folder, and stays (docs/installing.md says how to remove it).
    RMDir /r "$INSTDIR\app.old" ; left by an update whose old files were still held: no name is taken for the next line
    ClearErrors
    Rename "$INSTDIR\app" "$INSTDIR\app.old"
    ${If} ${Errors}
    ${AndIf} ${FileExists} "$INSTDIR\app\*"
        ${IfNot} ${Silent}
            MessageBox MB_OK|MB_ICONEXCLAMATION "$(OPEN)"
        ${EndIf}
        SetErrorLevel 5
        System::Call 'kernel32::ExitProcess(i 5)'
    ${EndIf}
    RMDir /r "$INSTDIR\app.old"
    RMDir /r "$INSTDIR\app.new"
    SetOutPath "$TEMP"
    Delete "$INSTDIR\uninstall.exe"
    ${If} ${FileExists} "$INSTDIR\uninstall.exe" ; with _?= it runs where it lies: a running program can be moved, not deleted
        GetTempFileName $1
        Delete $1
        Rename "$INSTDIR\uninstall.exe" $1
        Delete /REBOOTOK $1
    ${EndIf}
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\${NAME}.lnk"
    ReadRegStr $0 SHCTX "Software\Classes\.guide" ""
    ${If} $0 == "${CLASS}"
        DeleteRegValue SHCTX "Software\Classes\.guide" ""
        DeleteRegValue SHCTX "Software\Classes\.guide" "Content Type"
        DeleteRegKey /ifempty SHCTX "Software\Classes\.guide"
    ${EndIf}
    DeleteRegKey SHCTX "Software\Classes\${CLASS}"
    DeleteRegKey SHCTX "${KEY}"
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
