/* A profile for WebKitGTK's MiniBrowser where it is driven: with --automation it asks for data that are not kept, and gets data that are.
   Loaded before its own libraries (LD_PRELOAD). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>

typedef void *make(const char *first_property, ...);

void *webkit_website_data_manager_new_ephemeral(void) {
  make *manager = (make *)dlsym(RTLD_DEFAULT, "webkit_website_data_manager_new");
  const char *folder = getenv("OFFPRINT_TEST_PROFILE");
  return manager("base-data-directory", folder, "base-cache-directory", folder, (void *)0);
}
