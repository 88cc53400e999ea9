/* Starts Python beside this program with one of our modules: no console, no registry, no environment is asked. */
#include <windows.h>
#include <wchar.h>

#ifndef MODULE
#define MODULE L"ui.start"
#endif

typedef int (*Main)(int, wchar_t **);

static int failed(const wchar_t *what) {
    /* Only a half-copied program comes here; a calm sentence in place of a window that does not come. */
    wchar_t text[600];
    swprintf(text, 600, L"The guide cannot start: a part of it is missing (%ls).\n\nPut the program on this computer again.", what);
    if (GetStdHandle(STD_ERROR_HANDLE) == NULL || wcscmp(MODULE, L"guide")) MessageBoxW(NULL, text, L" ", MB_OK | MB_ICONWARNING);
    else fwprintf(stderr, L"%ls\n", text);
    return 8;
}

int wmain(int argc, wchar_t **argv) {
    static wchar_t here[32768], dll[32768], qt[32768];
    DWORD length = GetModuleFileNameW(NULL, here, 32767);
    wchar_t *cut = length ? wcsrchr(here, L'\\') : NULL;
    if (cut == NULL) return failed(L"its folder");
    *cut = 0;
    swprintf(dll, 32768, L"%ls\\runtime\\python311.dll", here);
    /* Nothing is loaded from PATH or the folder somebody stands in; Qt's plugins find Qt's own parts here. */
    swprintf(qt, 32768, L"%ls\\lib\\PySide6", here);
    AddDllDirectory(qt);
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32 | LOAD_LIBRARY_SEARCH_USER_DIRS | LOAD_LIBRARY_SEARCH_APPLICATION_DIR);
    HMODULE python = LoadLibraryExW(dll, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    Main run = python ? (Main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (run == NULL) return failed(L"runtime");
    wchar_t **words = calloc(argc + 8, sizeof *words);
    int n = 0;
    words[n++] = argv[0];
    words[n++] = L"-I"; words[n++] = L"-B"; words[n++] = L"-X"; words[n++] = L"utf8";
    words[n++] = L"-m"; words[n++] = MODULE;
    for (int i = 1; i < argc; i++) words[n++] = argv[i];
    return run(n, words);
}

#ifdef WINDOWED
int WINAPI wWinMain(HINSTANCE a, HINSTANCE b, LPWSTR c, int d) {
    (void)a; (void)b; (void)c; (void)d;
    return wmain(__argc, __wargv);
}
#endif
