/** Recognising folders of cloud services (see cloud.h), by their names and by the files in them. */
#include "core/base/cloud.h"

#include "core/base/platform.h"

#include <stdlib.h>
#include <string.h>

struct trace {
    const char *service;
    const char *folder; /* what its name begins with; NULL */
    const char *file;   /* a file in it; NULL */
};

static const struct trace traces[] = {
    {"OneDrive", "OneDrive", ".849C9593-D756-4E56-8D6E-42412F2A707B"},
    {"Dropbox", "Dropbox", ".dropbox.cache"},
    {"Google Drive", "Google Drive", ".tmp.drivedownload"},
    {"Google Drive", "GoogleDrive", NULL},
    {"Google Drive", "My Drive", NULL},
    {"iCloud", "iCloud", NULL},
    {"iCloud", "Mobile Documents", NULL},
    {"iCloud", "com~apple~CloudDocs", NULL},
    {"Nextcloud", "Nextcloud", ".sync-exclude.lst"},
};

/** @return whether the folder whose path ends here belongs to the service. */
static bool is_of(bms_arena *arena, const struct trace *trace, const char *folder, const char *name) {
    if (trace->folder && strncmp(name, trace->folder, strlen(trace->folder)) == 0)
        return true;
    const char *file = trace->file ? bms_arena_format(arena, "%s/%s", folder, trace->file) : NULL;
    return file && bms_platform_path_kind(file) != BMS_PATH_MISSING;
}

const char *bms_cloud_service(bms_arena *arena, const char *path) {
    char *full = bms_platform_full_path(path);
    const char *service = NULL;
    for (char *end = full ? strrchr(full, '/') : NULL; end && end > full && !service;
         end = strrchr(full, '/')) {
        *end = '\0';
        const char *name = strrchr(full, '/');
        for (size_t i = 0; name && !service && i < sizeof traces / sizeof traces[0]; i++) {
            if (is_of(arena, &traces[i], full, name + 1))
                service = traces[i].service;
        }
    }
    free(full);
    return service;
}
