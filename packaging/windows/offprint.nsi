; The installer: for one user, without rights, beside whatever is running. `package` compiles it, and says what VERSION, NUMBERS, ICON,
; WIZARD (the picture), SOURCE (the folder with the files) and OUT are.
;
; It never touches the reader's files: they are in %APPDATA%\offprint, or in a folder `portable` beside the program, and stay when the
; program goes.

Unicode true
!ifdef TARGET
  Target ${TARGET}
!endif
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

!cd "${SOURCE}"

!define PROGID "Offprint.Pack.1"
!define CLASSES "Software\Classes"
!define CAPABILITIES "Software\Offprint\Capabilities"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Offprint"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\offprint.exe"

Name "Offprint"
OutFile "${OUT}"
BrandingText "Offprint ${VERSION}"
InstallDir "$LOCALAPPDATA\Programs\Offprint"
; An upgrade goes where the older version is.
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"

VIProductVersion "${NUMBERS}.0"
VIAddVersionKey "ProductName" "Offprint"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Installs Offprint, a newsreader for content packs"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT or Apache-2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${WIZARD}"
!define MUI_WELCOMEPAGE_TITLE "Offprint ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "Offprint reads editions that come in one piece.$\r$\n$\r$\nIt is installed for you alone and needs no administrator. An older version is replaced, even while it is open; your bookmarks and everything else of yours stay as they are."
!define MUI_FINISHPAGE_RUN "$INSTDIR\offprint.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Open Offprint"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; --- Programs, which may be running -------------------------------------------------------------------------------------------------

; Windows lets nobody write over a program that runs, but it can be renamed. So the new one is laid beside it whole, the old one steps
; aside under a name of its own, and goes at the next chance. Whoever is reading reads on.
!macro Unpack NAME
  ClearErrors
  SetOverwrite try
  File "/oname=${NAME}.new" "${NAME}"
  SetOverwrite on
  ${If} ${Errors}
    Delete "$INSTDIR\offprint.*.new"
    StrCpy $0 "${NAME} could not be written to $INSTDIR. Is the disk full, or the folder not yours? What was installed before is as it was."
    Call Fail
  ${EndIf}
!macroend

!macro Replace NAME
  ${If} ${FileExists} "$INSTDIR\${NAME}"
    StrCpy $1 0
    ${Do}
      IntOp $1 $1 + 1
      Delete "$INSTDIR\${NAME}.$1.old"
    ${LoopWhile} ${FileExists} "$INSTDIR\${NAME}.$1.old"
    Rename "$INSTDIR\${NAME}" "$INSTDIR\${NAME}.$1.old"
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR\${NAME}.new" "$INSTDIR\${NAME}"
  ${If} ${Errors}
    ; Nothing was in its place, or it could not step aside.
    Rename "$INSTDIR\${NAME}.$1.old" "$INSTDIR\${NAME}"
    Delete "$INSTDIR\offprint.*.new"
    StrCpy $0 "${NAME} could not be put into $INSTDIR. Close Offprint and install again; nothing of yours was touched."
    Call Fail
  ${EndIf}
  ; What still runs stays until the next time.
  Delete "$INSTDIR\${NAME}.*.old"
!macroend

; Says the sentence in $0 and ends.
Function Fail
  MessageBox MB_OK|MB_ICONSTOP "$0" /SD IDOK
  SetErrorLevel 2
  Abort "$0"
FunctionEnd

; --- Install ------------------------------------------------------------------------------------------------------------------------

Section "Offprint"
  SetOutPath "$INSTDIR"
  !insertmacro Unpack "offprint.exe"
  !insertmacro Unpack "offprint.com"
  !insertmacro Replace "offprint.exe"
  !insertmacro Replace "offprint.com"
  File "README.txt"
  File "LICENSES.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\Offprint.lnk" "$INSTDIR\offprint.exe" "" "$INSTDIR\offprint.exe" 0 SW_SHOWNORMAL "" "Read content packs"

  ; What a pack is, and what opens it.
  WriteRegStr HKCU "${CLASSES}\${PROGID}" "" "Offprint pack"
  WriteRegStr HKCU "${CLASSES}\${PROGID}" "FriendlyTypeName" "Offprint pack"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\DefaultIcon" "" "$INSTDIR\offprint.exe,1"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\shell\open" "FriendlyAppName" "Offprint"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\shell\open\command" "" '"$INSTDIR\offprint.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\.offprint" "Content Type" "application/vnd.offprint.pack+zip"
  WriteRegStr HKCU "${CLASSES}\.offprint\OpenWithProgids" "${PROGID}" ""
  ReadRegStr $0 HKCU "${CLASSES}\.offprint" ""
  ${If} $0 == ""
    WriteRegStr HKCU "${CLASSES}\.offprint" "" "${PROGID}"
  ${EndIf}

  ; What a reference is: `offprint:…` in a document or a message leads back to its paragraph.
  WriteRegStr HKCU "${CLASSES}\offprint" "" "URL:Offprint reference"
  WriteRegStr HKCU "${CLASSES}\offprint" "URL Protocol" ""
  WriteRegStr HKCU "${CLASSES}\offprint\shell\open\command" "" '"$INSTDIR\offprint.exe" "%1"'

  ; For "Open with" and for the default apps in Settings.
  WriteRegStr HKCU "${CLASSES}\Applications\offprint.exe" "FriendlyAppName" "Offprint"
  WriteRegStr HKCU "${CLASSES}\Applications\offprint.exe\shell\open\command" "" '"$INSTDIR\offprint.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\Applications\offprint.exe\SupportedTypes" ".offprint" ""
  WriteRegStr HKCU "${CAPABILITIES}" "ApplicationName" "Offprint"
  WriteRegStr HKCU "${CAPABILITIES}" "ApplicationDescription" "A newsreader for content packs"
  WriteRegStr HKCU "${CAPABILITIES}\FileAssociations" ".offprint" "${PROGID}"
  WriteRegStr HKCU "${CAPABILITIES}\URLAssociations" "offprint" "offprint"
  WriteRegStr HKCU "Software\RegisteredApplications" "Offprint" "${CAPABILITIES}"
  WriteRegStr HKCU "${APP_PATH}" "" "$INSTDIR\offprint.exe"

  ; For the list of installed apps.
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Offprint"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\offprint.exe,0"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  SectionGetSize 0 $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
  ${RefreshShellIcons}
SectionEnd

; --- Uninstall ----------------------------------------------------------------------------------------------------------------------

; A program that runs cannot be opened for writing, and could not be deleted.
!macro StopIfRunning NAME
  ${Do}
    ClearErrors
    ${If} ${FileExists} "$INSTDIR\${NAME}"
      FileOpen $0 "$INSTDIR\${NAME}" a
    ${EndIf}
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Offprint is open. Close it, then try again." /SD IDCANCEL IDCANCEL`
      SetErrorLevel 2
      Abort
    ${EndIf}
  ${Loop}
!macroend

Function un.onInit
  !insertmacro StopIfRunning "offprint.exe"
  !insertmacro StopIfRunning "offprint.com"
FunctionEnd

Section "Uninstall"
  Delete "$INSTDIR\offprint.exe"
  Delete "$INSTDIR\offprint.com"
  Delete "$INSTDIR\offprint.exe.*.old"
  Delete "$INSTDIR\offprint.com.*.old"
  Delete "$INSTDIR\README.txt"
  Delete "$INSTDIR\LICENSES.txt"
  Delete "$INSTDIR\uninstall.exe"
  ; Only if nothing is left in it: a folder `portable` beside the program is the reader's.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Offprint.lnk"

  DeleteRegKey HKCU "${CLASSES}\${PROGID}"
  DeleteRegKey HKCU "${CLASSES}\offprint"
  DeleteRegKey HKCU "${CLASSES}\Applications\offprint.exe"
  ReadRegStr $0 HKCU "${CLASSES}\.offprint" ""
  ${If} $0 == "${PROGID}"
    DeleteRegValue HKCU "${CLASSES}\.offprint" ""
  ${EndIf}
  DeleteRegValue HKCU "${CLASSES}\.offprint" "Content Type"
  DeleteRegValue HKCU "${CLASSES}\.offprint\OpenWithProgids" "${PROGID}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.offprint\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.offprint"
  DeleteRegValue HKCU "Software\RegisteredApplications" "Offprint"
  DeleteRegKey HKCU "Software\Offprint"
  DeleteRegKey HKCU "${APP_PATH}"
  DeleteRegKey HKCU "${UNINSTALL}"
  ${RefreshShellIcons}
SectionEnd
