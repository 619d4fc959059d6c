/* A plugin in plain C: ships need depth below their keel, and should not take a berth that is deeper than they need.
 * It knows nothing of the program that loads it but the names of its fields. */
#include <berth/schedule/plugin_abi.h>

#include <stdio.h>
#include <stdlib.h>

static const struct berth_field of_berths[] = {{"depth_cm", BERTH_INT64}, {"tide_m", BERTH_DOUBLE}};
static const struct berth_field of_ships[] = {{"draught_cm", BERTH_INT64}};
static const struct berth_reason reasons[] = {{"too shallow now", BERTH_REJECTED},
                                              {"too shallow at any tide", BERTH_RULED_OUT}};

/* Its argument: how many centimetres are to be left below the keel. */
static int32_t open_tidal(const char* arguments, void** self, char* error, uint64_t error_size) {
    char* end = NULL;
    const long margin = *arguments ? strtol(arguments, &end, 10) : 50;
    if ((end && *end) || margin < 0) {
        snprintf(error, error_size, "\"%s\" is no number of centimetres", arguments);
        return BERTH_FAILED;
    }
    int64_t* const kept = malloc(sizeof *kept);
    if (!kept) return BERTH_FAILED;
    *kept = margin;
    *self = kept;
    return BERTH_OK;
}

static int32_t filter_tidal(void* self, const struct berth_call* call, uint8_t* verdicts) {
    const int64_t* const depth = call->columns[0];
    const double* const tide = call->columns[1];
    const int64_t needed = call->task[0].whole + *(const int64_t*)self;
    for (uint64_t i = 0; i < call->nodes; ++i)
        verdicts[i] = depth[i] >= needed ? 0 : depth[i] + (int64_t)(100 * tide[i]) >= needed ? 1 : 2;
    return BERTH_OK;
}
static int32_t score_tidal(void* self, const struct berth_call* call, double* points) {
    const int64_t* const depth = call->columns[0];
    (void)self;
    for (uint64_t i = 0; i < call->nodes; ++i) points[i] = -(double)(depth[i] - call->task[0].whole);
    return BERTH_OK;
}

static const struct berth_plugin tidal = {
    .size = sizeof tidal, .name = "tidal",
    .field_size = sizeof of_berths[0], .node_fields = of_berths, .node_field_count = 2,
    .task_fields = of_ships, .task_field_count = 1,
    .reason_size = sizeof reasons[0], .reasons = reasons, .reason_count = 2,
    .open = open_tidal, .close = free, .filter = filter_tidal, .score = score_tidal,
};
static const struct berth_plugin* const all[] = {&tidal};
static const struct berth_plugins table = {sizeof table, BERTH_PLUGIN_ABI_VERSION, 0, all, 1};

const struct berth_plugins* berth_schedule_plugins(uint32_t host);
const struct berth_plugins* berth_schedule_plugins(uint32_t host) {
    return host == BERTH_PLUGIN_ABI_VERSION ? &table : NULL;
}
