/* A plugin of the scheduler: no more than so many pods on a node, and fewest first. It is built without a compiler of
 * Berth, and named by a profile (few_pods.yaml):
 *     cc -shared -fPIC -Iinclude -o few_pods.so examples/040-control-plane/few_pods.c
 *     examples/run --serve --config examples/040-control-plane/few_pods.yaml --plugin-library ./few_pods.so */
#include <berth/schedule/plugin_abi.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct berth_field of_nodes[] = {{"pods", BERTH_INT64}};
static const struct berth_reason reasons[] = {{"enough pods already", BERTH_REJECTED}};

/* Its arguments are JSON, such as {"most":3}; without them there may be two pods. */
static int32_t open_few(const char* arguments, void** self, char* error, uint64_t error_size) {
    static const char name[] = "{\"most\":";
    const int given = strncmp(arguments, name, sizeof name - 1) == 0;
    char* end = NULL;
    const long most = given ? strtol(arguments + sizeof name - 1, &end, 10) : 2;
    if ((given ? strcmp(end, "}") != 0 : *arguments != 0) || most < 1) {
        snprintf(error, error_size, "%.200s is not like {\"most\":2}", arguments);
        return BERTH_FAILED;
    }
    int64_t* const kept = malloc(sizeof *kept);
    if (!kept) return BERTH_FAILED;
    *kept = most;
    *self = kept;
    return BERTH_OK;
}
static int32_t filter_few(void* self, const struct berth_call* call, uint8_t* verdicts) {
    const int64_t* const pods = call->columns[0];
    for (uint64_t i = 0; i < call->nodes; ++i) verdicts[i] = pods[i] >= *(const int64_t*)self;
    return BERTH_OK;
}
static int32_t score_few(void* self, const struct berth_call* call, double* points) {
    const int64_t* const pods = call->columns[0];
    (void)self;
    for (uint64_t i = 0; i < call->nodes; ++i) points[i] = 100.0 / (double)(1 + pods[i]);
    return BERTH_OK;
}

static const struct berth_plugin few = {
    .size = sizeof few, .name = "FewPods",
    .field_size = sizeof of_nodes[0], .node_fields = of_nodes, .node_field_count = 1,
    .reason_size = sizeof reasons[0], .reasons = reasons, .reason_count = 1,
    .open = open_few, .close = free, .filter = filter_few, .score = score_few,
};
static const struct berth_plugin* const all[] = {&few};
static const struct berth_plugins table = {sizeof table, BERTH_PLUGIN_ABI_VERSION, 0, all, 1};

const struct berth_plugins* berth_schedule_plugins(uint32_t host);
const struct berth_plugins* berth_schedule_plugins(uint32_t host) {
    return host == BERTH_PLUGIN_ABI_VERSION ? &table : NULL;
}
