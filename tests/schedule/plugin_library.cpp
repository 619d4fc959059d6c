#include "harbour_plugin.hpp"

#include <berth/schedule/any.hpp>
#include <berth/schedule/laws.hpp>
#include <berth/schedule/laws/placer.hpp>
#include <berth/schedule/plugin_library.hpp>

#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace berth::schedule;
using namespace harbour_plugin;

auto alive = 0;
auto open_factor(char const* arguments, void** self, char* error, std::uint64_t size) -> std::int32_t {
    if (std::strlen(arguments) != 1) {
        std::snprintf(error, size, "one digit was expected, not \"%s\"", arguments);
        return 7;
    }
    ++alive;
    *self = new int(arguments[0] - '0');
    return BERTH_OK;
}
auto close_factor(void* self) -> void {
    --alive;
    delete static_cast<int*>(self);
}

auto const hosts = std::vector<host>{{4, 1, false, 0}, {2, 2, false, 3}, {8, 1, true, 0}, {0, 3, false, 0}};
auto const tasks = std::vector<task>{{1, 0}, {3, 1}, {5, -1}, {200, 0}};

TEST_CASE("a plugin decides as the lambda of the same text does") {
    auto const library = library_of(plugin("fits"));
    auto const opened = library.open().value();
    CHECK(opened.names() == std::vector<std::string>{"fits"});
    CHECK((opened.filters("fits") && opened.scores("fits") && !opened.filters("other")));
    auto const by = profile{.filter = opened.filter("fits", words()).value(),
                            .score = opened.score("fits", words()).value()};
    auto const lambdas = profile{.filter = fits, .score = much_left};
    for (auto const& t : tasks) {
        auto const a = place(t, hosts, by);
        auto const b = place(t, hosts, lambdas);
        REQUIRE(a.has_value() == b.has_value());
        if (a) CHECK(*a == *b);
        else CHECK(a.error() == b.error()); // who refused is told by the plugin's name
        CHECK(rate(opened.score("fits", words()).value(), t, hosts) == rate(much_left, t, hosts));
    }
    CHECK(describe(by.filter and fits) == "fits and fits");
    CHECK(judge(by.filter, tasks[1], hosts[1]) == rule_out("tainted"));
}

TEST_CASE("plugins obey the laws of filters and scores") {
    auto const library = library_of(plugin("fits"));
    auto const opened = library.open().value();
    auto const f = opened.filter("fits", words()).value();
    berth::schedule::laws::filter(f and fits, tasks, hosts, harbour::report);
    berth::schedule::laws::boolean_algebra(f, fits, filter<"free">([](task const&, host const& h) {
                                               return h.cpu_free > 3 ? accept : reject("few");
                                           }),
                                           tasks, hosts, harbour::report);
    berth::schedule::laws::score(opened.score("fits", words()).value(), tasks, hosts, harbour::report);
}

struct job {
    int cpu = 1;
    friend auto operator==(job const&, job const&) -> bool = default;
};
constexpr auto job_fields = std::array{plugin_field<&job::cpu>("cpu")};

TEST_CASE("a placer decides by plugins as who remembers nothing") {
    auto const library = library_of(plugin("fits"));
    auto const opened = library.open().value();
    auto const jobs_and_hosts = plugin_vocabulary<job, host>{job_fields, host_fields};
    auto const by = profile{.filter = opened.filter("fits", jobs_and_hosts).value(),
                            .score = opened.score("fits", jobs_and_hosts).value()};
    auto const erased =
        profile{.filter = any_filter<job, host>(by.filter), .score = any_score<job, host>(by.score)};
    auto many = std::vector<host>();
    for (auto i = 0; i < 40; ++i) many.push_back({6 + i % 3, i % 4, false, i % 9 == 8 ? 1 : 0});
    auto const jobs = std::vector<job>{{1}, {2}, {4}};
    auto const put = [](job const& j, host& h) { h.cpu_free -= j.cpu; };
    auto const take = [](job const& j, host& h) { h.cpu_free += j.cpu; };
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        berth::schedule::laws::placer<reads<&host::cpu_free>>(by, jobs, many, put, take, seed, 200,
                                                              harbour::report);
        berth::schedule::laws::placer<reads<&host::cpu_free>>(erased, jobs, many, put, take, seed, 50,
                                                              harbour::report);
    }
}

TEST_CASE("a plugin is asked about a node as it would be") {
    auto const library = library_of(plugin("fits"));
    auto const by = profile{.filter = library.open().value().filter("fits", words()).value()};
    auto const state = detail::prepare(by.filter, tasks[1], std::span(hosts), detail::shared_nothing);
    auto emptied = hosts[3];
    CHECK_FALSE(detail::accepts(by.filter, tasks[1], hosts[3], state));
    emptied.cpu_free = 9;
    CHECK(detail::accepts(by.filter, tasks[1], emptied, state));
}

TEST_CASE("a plugin has its arguments for as long as anybody holds it") {
    auto p = plugin("fits");
    p.open = open_factor;
    p.close = close_factor;
    auto const library = library_of(p);
    {
        auto const opened = library.open().value();
        auto const three = opened.score("fits", words(), "3").value();
        auto const copy = three;
        CHECK(rate(copy, tasks[0], hosts) == std::vector<points>{9, 3, 21, -3});
        CHECK(alive == 1);
        CHECK(opened.score("fits", words(), "12").error().message ==
              "test: plugin fits refuses its arguments: one digit was expected, not \"12\"");
    }
    CHECK(alive == 0);
}

TEST_CASE("a plugin that fails refuses all nodes and prefers none, and says so") {
    auto p = plugin("fits");
    p.filter = [](void*, berth_call const*, std::uint8_t*) -> std::int32_t { return 5; };
    p.score = [](void*, berth_call const* call, double* points) -> std::int32_t {
        for (std::uint64_t i = 0; i < call->nodes; ++i) points[i] = 3;
        return BERTH_FAILED;
    };
    auto const failing = library_of(p);
    auto const f = failing.open().value().filter("fits", words()).value();
    CHECK(judge(f, tasks[0], hosts[0]) == rule_out("plugin fits failed with status 5"));
    CHECK(place(tasks[0], hosts, profile{.filter = f}).error().summary() ==
          "0/4 nodes are available: 4 plugin fits failed with status 5.");
    CHECK(rate(failing.open().value().score("fits", words()).value(), tasks[0], hosts) ==
          std::vector<points>(4));
    p.filter = [](void*, berth_call const*, std::uint8_t* verdicts) -> std::int32_t {
        verdicts[0] = 9;
        return BERTH_OK;
    };
    auto const strange = library_of(p);
    CHECK(judge(strange.open().value().filter("fits", words()).value(), tasks[0], hosts[0]) ==
          rule_out("plugin fits gave reason 9 of 2"));
}

/// Zones by their names, as a label; `no zone` has none.
constexpr auto zone_called = [](int zone, std::string_view key) -> std::optional<std::string_view> {
    constexpr auto names = std::array<std::string_view, 3>{"north", "south", "east"};
    if (key != "zone" || zone < 0 || zone >= 3) return std::nullopt;
    return names[static_cast<std::size_t>(zone)];
};
constexpr auto labelled_hosts = std::array{
    plugin_field<&host::cpu_free>("cpu_free"),
    plugin_texts<host, [](host const& h, std::string_view key) { return zone_called(h.zone, key); }>(
        "label:")};
constexpr auto labelled_tasks = std::array{
    plugin_texts<task, [](task const& t, std::string_view key) { return zone_called(t.zone, key); }>(
        "label:")};

/// It keeps tasks in their own zone, and none in the east.
auto stay(void*, berth_call const* call, std::uint8_t* verdicts) -> std::int32_t {
    static auto const east = berth_text_number("east");
    auto const* const zone = static_cast<std::int64_t const*>(call->columns[0]);
    for (std::uint64_t i = 0; i < call->nodes; ++i)
        verdicts[i] = zone[i] == 0 || zone[i] == east ? 2 : zone[i] != call->task[0].whole ? 1 : 0;
    return BERTH_OK;
}

TEST_CASE("texts go to plugins as numbers that stand for them") {
    CHECK(plugin_text("east") == berth_text_number("east"));
    CHECK(plugin_text("") == berth_text_number(""));
    CHECK(plugin_text("east") != plugin_text("west"));
    CHECK(plugin_text(std::nullopt) == 0);

    constexpr auto zone = std::array{berth_field{"label:zone", BERTH_INT64}};
    auto p = plugin_table::of("stay", zone, zone, reasons);
    p.filter = stay;
    auto const library = library_of(p);
    auto columns = plugin_columns<host>(labelled_hosts);
    auto zones = std::vector<host>{{.zone = 0}, {.zone = 1}, {.zone = 2}, {.zone = 7}};
    columns.read(zones);
    for (auto* const kept : {static_cast<plugin_columns<host>*>(nullptr), &columns}) {
        auto const words = plugin_vocabulary<task, host>{labelled_tasks, labelled_hosts, kept};
        auto const f = library.open().value().filter("stay", words).value();
        auto const places = [&](task const& t) { return place(t, zones, profile{.filter = f}); };
        CHECK(places({1, 0})->node == 0);
        CHECK(places({1, 1})->node == 1);
        CHECK(places({1, 2}).error().refused[0].says == reject("not enough cpu"));
        CHECK(places({1, 2}).error().refused[2].says == rule_out("tainted"));
        CHECK(places({1, 2}).error().refused[3].says == rule_out("tainted"));
        zones[0].zone = 1;
        if (kept != nullptr) kept->changed(0);
        CHECK_FALSE(places({1, 0}));
        zones[0].zone = 0;
        if (kept != nullptr) kept->changed(0);
    }
}

TEST_CASE("a field of a family needs a key") {
    constexpr auto bare = std::array{berth_field{"label:", BERTH_INT64}};
    auto p = plugin_table::of("stay", bare, {}, reasons);
    p.filter = stay;
    auto const library = library_of(p);
    auto const words = plugin_vocabulary<task, host>{labelled_tasks, labelled_hosts};
    CHECK(library.open().value().filter("stay", words).error().message ==
          "plugin stay reads label: of a node; there are cpu_free, label:KEY");
}

/// What is said of a library with one thing changed.
auto complaint(auto change) -> std::string {
    auto library = library_of(plugin("fits"));
    change(library);
    auto const opened = library.open();
    if (!opened) return opened.error().message;
    auto const f = opened->filter("fits", words());
    return f ? "" : f.error().message;
}

TEST_CASE("what is no library of this version is refused in words") {
    using L = library_of;
    CHECK(complaint([](L& l) { l.table.version = 2; }) ==
          "test: speaks version 2 of the interface, this program version 1");
    CHECK(complaint([](L& l) { l.table.size = 8; }) == "test: its table of plugins is cut short");
    CHECK(complaint([](L& l) { l.table.plugins = nullptr; }) == "test: its table of plugins is empty");
    CHECK(plugin_library::of(nullptr, "test").error().message ==
          "test: has no plugins for version 1 of the interface");
    CHECK(complaint([](L& l) { l.one.size -= 8; }) == "test: plugin 0: its description is cut short");
    CHECK(complaint([](L& l) { l.one.name = ""; }) == "test: plugin 0 has no name");
    CHECK(complaint([](L& l) { l.one.filter = nullptr, l.one.score = nullptr; }) ==
          "test: plugin fits is no filter and no score");
    CHECK(complaint([](L& l) { l.one.filter = nullptr; }) == "test: plugin fits is a score and no filter");
    CHECK(complaint([](L& l) { l.one.reason_count = 256; }) == "test: plugin fits has more than 255 reasons");
    CHECK(complaint([](L& l) { l.one.node_field_count = 1'025; }) ==
          "test: plugin fits has more than 1024 fields");
    CHECK(complaint([](L& l) { l.one.field_size = 4; }) == "test: plugin fits: its fields are cut short");
    CHECK(
        complaint([](L& l) { l.one.field_size = 23; }) ==
        "test: plugin fits: its fields are said to take 23 bytes each, where sizeof(struct berth_field) was "
        "expected");
    CHECK(
        complaint([](L& l) { l.one.reason_size = std::uint64_t{1} << 60U; }) ==
        "test: plugin fits: its reasons are said to take 1152921504606846976 bytes each, where sizeof(struct "
        "berth_reason) was expected");
    CHECK(complaint([](L& l) { l.one.reasons = nullptr; }) == "test: plugin fits: its reasons are cut short");
    CHECK(complaint([](L& l) { l.one.name = "other"; }) == "test: has no plugin fits; there are other");
    static constexpr auto text = berth_field{"label", 3};
    CHECK(complaint([](L& l) { l.one.task_fields = &text; }) ==
          "test: plugin fits: field label is of the unknown type 3");
    static constexpr auto unknown = berth_field{"memory", BERTH_INT64};
    CHECK(complaint([](L& l) { l.one.node_fields = &unknown, l.one.node_field_count = 1; }) ==
          "plugin fits reads memory of a node; there are cpu_free, tainted, half (double)");
    static constexpr auto graded = berth_reason{"why", 9};
    CHECK(complaint([](L& l) { l.one.reasons = &graded, l.one.reason_count = 1; }) ==
          "test: plugin fits: reason \"why\" is of the unknown grade 9");
    CHECK(complaint([](L&) {}) == "");
}

TEST_CASE("a library may be of a later time, with larger structs") {
    struct larger_field {
        berth_field known;
        std::uint64_t more;
    };
    static constexpr auto fields =
        std::array{larger_field{{"cpu_free", BERTH_INT64}, 7}, larger_field{{"tainted", BERTH_INT64}, 7}};
    auto p = plugin("fits");
    p.size += 32;
    p.field_size = sizeof(larger_field);
    p.node_fields = reinterpret_cast<berth_field const*>(fields.data());
    p.task_field_count = 1;
    auto const library = library_of(p);
    CHECK(judge(library.open().value().filter("fits", words()).value(), tasks[1], hosts[1]) ==
          rule_out("tainted"));
}

TEST_CASE("a file that cannot be loaded is told with the loader's reason") {
    auto const message = plugin_library::open("/no/such/library.so").error().message;
    CHECK(message ==
          "/no/such/library.so: cannot be loaded: cannot open shared object file: No such file or directory");
    CHECK(plugin_library::open("libm.so.6").error().message ==
          "libm.so.6: is no library of plugins: it does not export berth_schedule_plugins");
}

} // namespace
