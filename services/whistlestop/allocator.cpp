// What jemalloc reads as the program starts (jemalloc(3), TUNING). Most of what the gateway touches is rows and filters
// spread over some hundred megabytes: with pages of 4 KiB a quarter of its processor time went into finding them.
// MALLOC_CONF in the environment still overrides each of these.

extern "C" {
extern const char* const malloc_conf;
const char* const malloc_conf = "thp:always,metadata_thp:auto";
}
