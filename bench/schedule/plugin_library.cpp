/// \file
/// What does it cost to have a filter and a score in a shared library? The same text as lambdas that the
/// compiler sees, as erased leaves, and behind the C interface of columns, for one task over n hosts; by
/// `place`, which remembers nothing, without and with columns that are kept, and by a placer. Tasks enter
/// their hosts, and leave them again. All must decide alike. `times lambda` is the ratio to the lambdas, the
/// median of runs in turns.

#include <berth/core/random.hpp>
#include <berth/schedule/any.hpp>
#include <berth/schedule/place.hpp>
#include <berth/schedule/placer.hpp>
#include <berth/schedule/plugin_library.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

namespace schedule = berth::schedule;

struct task {
    std::int64_t cpu = 0;
    std::int64_t memory = 0;
    std::uint32_t tolerates = 0;
    std::uint32_t zone = 0;

    friend auto operator==(task const&, task const&) -> bool = default;
};
struct host {
    std::int64_t cpu = 64'000;
    std::int64_t cpu_free = 0;
    std::int64_t memory_free = 0;
    std::uint32_t taints = 0;
    std::uint32_t zone = 0;
    char more[64] = {}; ///< a host has more than a plugin reads
};
auto make_hosts(std::int64_t count) -> std::vector<host> {
    auto draw = berth::random_engine(42);
    auto out = std::vector<host>();
    for (std::int64_t i = 0; i < count; ++i)
        out.push_back({.cpu_free = static_cast<std::int64_t>(draw.below(64'000)),
                       .memory_free = static_cast<std::int64_t>(draw.below(262'144)),
                       .taints = draw.below(10) == 0 ? 2U : 0U,
                       .zone = static_cast<std::uint32_t>(draw.below(3))});
    return out;
}

constexpr auto fits = schedule::filter<"fits">([](task const& t, host const& h) {
    if ((h.taints & ~t.tolerates) != 0) return schedule::rule_out("untolerated taint");
    return t.cpu <= h.cpu_free && t.memory <= h.memory_free ? schedule::accept
                                                            : schedule::reject("does not fit");
});
constexpr auto roomy = schedule::score<"roomy">([](task const& t, host const& h) {
    return 100.0 * static_cast<double>(h.cpu_free - t.cpu) / static_cast<double>(h.cpu);
});

/// A label of a host or a task.
template <class T> auto zone_of(T const& of, std::string_view key) -> std::optional<std::string_view> {
    constexpr std::string_view names[] = {"eu-north-1a", "eu-north-1b", "eu-north-1c"};
    return key == "zone" ? std::optional(names[of.zone % 3]) : std::nullopt;
}
constexpr auto in_zone = schedule::filter<"in zone">([](task const& t, host const& h) {
    return zone_of(t, "zone") == zone_of(h, "zone") ? schedule::accept
                                                    : schedule::rule_out("in another zone");
});

// The same as a library has it.
auto const* column(berth_call const* call, std::size_t i) {
    return static_cast<std::int64_t const*>(call->columns[i]);
}
auto plugin_fits(void*, berth_call const* call, std::uint8_t* verdicts) -> std::int32_t {
    auto const* const cpu = column(call, 0);
    auto const* const memory = column(call, 1);
    auto const* const taints = column(call, 2);
    auto const* const t = call->task;
    for (std::size_t i = 0; i < call->nodes; ++i) {
        auto const fit = static_cast<std::uint8_t>(t[0].whole <= cpu[i] && t[1].whole <= memory[i] ? 0 : 2);
        verdicts[i] = (taints[i] & ~t[2].whole) != 0 ? std::uint8_t{1} : fit;
    }
    return BERTH_OK;
}
auto plugin_roomy(void*, berth_call const* call, double* points) -> std::int32_t {
    auto const* const free = column(call, 0);
    auto const* const all = column(call, 1);
    for (std::size_t i = 0; i < call->nodes; ++i)
        points[i] = 100.0 * static_cast<double>(free[i] - call->task[0].whole) / static_cast<double>(all[i]);
    return BERTH_OK;
}
auto plugin_in_zone(void*, berth_call const* call, std::uint8_t* verdicts) -> std::int32_t {
    auto const* const zone = column(call, 0);
    for (std::size_t i = 0; i < call->nodes; ++i) verdicts[i] = zone[i] == call->task[0].whole ? 0 : 1;
    return BERTH_OK;
}
constexpr auto zone_fields = std::array{berth_field{"label:zone", BERTH_INT64}};
constexpr auto zone_reasons = std::array{berth_reason{"in another zone", BERTH_RULED_OUT}};
constexpr auto fit_fields =
    std::array{berth_field{"cpu_free", BERTH_INT64}, berth_field{"memory_free", BERTH_INT64},
               berth_field{"taints", BERTH_INT64}};
constexpr auto fit_of_task = std::array{berth_field{"cpu", BERTH_INT64}, berth_field{"memory", BERTH_INT64},
                                        berth_field{"tolerates", BERTH_INT64}};
constexpr auto room_fields =
    std::array{berth_field{"cpu_free", BERTH_INT64}, berth_field{"cpu", BERTH_INT64}};
constexpr auto reasons = std::array{berth_reason{"untolerated taint", BERTH_RULED_OUT},
                                    berth_reason{"does not fit", BERTH_REJECTED}};

constexpr auto of_hosts = std::array{
    schedule::plugin_field<&host::cpu>("cpu"), schedule::plugin_field<&host::cpu_free>("cpu_free"),
    schedule::plugin_field<&host::memory_free>("memory_free"),
    schedule::plugin_field<&host::taints>("taints"), schedule::plugin_texts<host, &zone_of<host>>("label:")};
constexpr auto of_tasks =
    std::array{schedule::plugin_field<&task::cpu>("cpu"), schedule::plugin_field<&task::memory>("memory"),
               schedule::plugin_field<&task::tolerates>("tolerates"),
               schedule::plugin_texts<task, &zone_of<task>>("label:")};

/// A plugin that neither filters nor scores yet.
auto reading(char const* name, std::span<berth_field const> of_node, std::span<berth_field const> of_task,
             std::span<berth_reason const> why = {}) -> berth_plugin {
    return {.size = sizeof(berth_plugin),
            .name = name,
            .field_size = sizeof(berth_field),
            .node_fields = of_node.data(),
            .node_field_count = of_node.size(),
            .task_fields = of_task.data(),
            .task_field_count = of_task.size(),
            .reason_size = sizeof(berth_reason),
            .reasons = why.data(),
            .reason_count = why.size(),
            .open = nullptr,
            .close = nullptr,
            .filter = nullptr,
            .score = nullptr};
}
auto library() -> schedule::plugin_library {
    static auto fit = reading("fits", fit_fields, fit_of_task, reasons);
    static auto room = reading("roomy", room_fields, std::span(fit_of_task).first(1));
    static auto zone = reading("in zone", zone_fields, zone_fields, zone_reasons);
    fit.filter = plugin_fits;
    room.score = plugin_roomy;
    zone.filter = plugin_in_zone;
    static berth_plugin const* const all[] = {&fit, &room, &zone};
    static auto const table = berth_plugins{sizeof(berth_plugins), BERTH_PLUGIN_ABI_VERSION, 0, all, 3};
    return *schedule::plugin_library::of(&table, "this program");
}

auto const lambdas = schedule::profile{.name = "lambdas", .filter = fits, .score = roomy};
auto const erased = schedule::profile{.name = "erased",
                                      .filter = schedule::any_filter<task, host>(fits),
                                      .score = schedule::any_score<task, host>(roomy)};
auto const lambdas_by_label =
    schedule::profile{.name = "lambdas by label", .filter = in_zone, .score = roomy};
auto plugins(schedule::plugin_columns<host>* kept = nullptr) {
    auto const words = schedule::plugin_vocabulary<task, host>{of_tasks, of_hosts, kept};
    auto const l = library();
    return schedule::profile{
        .name = "plugins", .filter = *l.filter("fits", words), .score = *l.score("roomy", words)};
}
auto plugins_by_label(schedule::plugin_columns<host>* kept = nullptr) {
    auto const words = schedule::plugin_vocabulary<task, host>{of_tasks, of_hosts, kept};
    auto const l = library();
    return schedule::profile{
        .name = "plugins", .filter = *l.filter("in zone", words), .score = *l.score("roomy", words)};
}

constexpr auto small = task{.cpu = 500, .memory = 512, .tolerates = 1};

/// Tasks of one kind, or of two in turns, come to their hosts and leave them again, so that it goes on for
/// ever.
template <class Decider> class coming_and_going {
public:
    coming_and_going(Decider decider, std::int64_t hosts, int kinds)
        : decider_(std::move(decider)), hosts_(make_hosts(hosts)), kinds_(kinds) {}
    auto operator()() -> std::size_t {
        auto t = small;
        t.cpu += ++turn_ % kinds_;
        auto const at = decider_.place(t, hosts_);
        change(at, -1);
        taken_.push_back(at);
        if (taken_.size() > 64) {
            change(taken_.front(), 1);
            taken_.erase(taken_.begin());
        }
        return at;
    }

private:
    auto change(std::size_t at, int sign) -> void {
        hosts_[at].cpu_free += sign * small.cpu;
        decider_.changed(at, sign, hosts_);
    }
    Decider decider_;
    std::vector<host> hosts_;
    std::vector<std::size_t> taken_;
    int kinds_;
    int turn_ = 0;
};

/// Decides by `place`.
template <class Profile> class forgetful {
public:
    explicit forgetful(Profile const& p) : profile_(p) {}
    auto place(task const& t, std::vector<host> const& hosts) -> std::size_t {
        return schedule::place(t, hosts, profile_, work_)->node;
    }
    auto changed(std::size_t, int, std::vector<host> const&) -> void {}

private:
    Profile profile_;
    schedule::workspace work_;
};
/// The same by plugins whose columns are kept.
template <auto Plugins> class keeping {
public:
    auto place(task const& t, std::vector<host> const& hosts) -> std::size_t {
        columns_->read(hosts, 1);
        return schedule::place(t, hosts, profile_, work_)->node;
    }
    auto changed(std::size_t at, int, std::vector<host> const&) -> void { columns_->changed(at); }

private:
    std::unique_ptr<schedule::plugin_columns<host>> columns_ =
        std::make_unique<schedule::plugin_columns<host>>(of_hosts);
    decltype(Plugins(nullptr)) profile_ = Plugins(columns_.get());
    schedule::workspace work_;
};
/// Decides by a placer.
template <class Profile> class remembering {
public:
    explicit remembering(Profile const& p) : placer_(p) {}
    auto place(task const& t, std::vector<host> const& hosts) -> std::size_t {
        return placer_.place(t, hosts)->node;
    }
    auto changed(std::size_t at, int sign, std::vector<host> const& hosts) -> void {
        if (sign < 0) placer_.entered(small, at, hosts);
        else placer_.left(small, at, hosts);
    }

private:
    schedule::placer<task, host, Profile, schedule::reads<&host::cpu_free>> placer_;
};

template <class Decide> auto seconds_for(Decide& decide, int times) -> double {
    auto const start = std::chrono::steady_clock::now();
    for (auto i = 0; i < times; ++i) benchmark::DoNotOptimize(decide());
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}
template <class Decide, class Lambdas> auto decide(benchmark::State& state, Decide one, Lambdas other)
    -> void {
    for (auto i = 0; i < 200; ++i)
        if (one() != other()) return state.SkipWithError("it decides otherwise than the lambdas");
    auto ratios = std::vector<double>();
    for (auto i = 0; i < 41; ++i) {
        auto const lambdas_took = seconds_for(other, 20);
        ratios.push_back(seconds_for(one, 20) / lambdas_took);
    }
    std::ranges::sort(ratios);
    for (auto _ : state) benchmark::DoNotOptimize(one());
    state.SetItemsProcessed(state.iterations());
    state.counters["times lambda"] = ratios[ratios.size() / 2];
}
template <template <class> class How, class Decider>
auto beside_lambdas(benchmark::State& state, Decider decider, int kinds = 1) -> void {
    using other = How<std::remove_cvref_t<decltype(lambdas)>>;
    decide(state, coming_and_going(std::move(decider), state.range(0), kinds),
           coming_and_going(other(lambdas), state.range(0), kinds));
}

auto place_lambdas(benchmark::State& s) -> void { beside_lambdas<forgetful>(s, forgetful(lambdas)); }
auto place_erased(benchmark::State& s) -> void { beside_lambdas<forgetful>(s, forgetful(erased)); }
auto place_plugins(benchmark::State& s) -> void { beside_lambdas<forgetful>(s, forgetful(plugins())); }
auto place_plugins_kept(benchmark::State& s) -> void { beside_lambdas<forgetful>(s, keeping<plugins>()); }
auto place_plugins_kept_4_kinds(benchmark::State& s) -> void {
    beside_lambdas<forgetful>(s, keeping<plugins>(), 4);
}
auto place_plugins_by_label(benchmark::State& s) -> void {
    decide(s, coming_and_going(forgetful(plugins_by_label()), s.range(0), 1),
           coming_and_going(forgetful(lambdas_by_label), s.range(0), 1));
}
auto place_plugins_kept_by_label(benchmark::State& s) -> void {
    decide(s, coming_and_going(keeping<plugins_by_label>(), s.range(0), 1),
           coming_and_going(forgetful(lambdas_by_label), s.range(0), 1));
}
auto placer_lambdas(benchmark::State& s) -> void { beside_lambdas<remembering>(s, remembering(lambdas)); }
auto placer_erased(benchmark::State& s) -> void { beside_lambdas<remembering>(s, remembering(erased)); }
auto placer_plugins(benchmark::State& s) -> void { beside_lambdas<remembering>(s, remembering(plugins())); }
BENCHMARK(place_lambdas)->Arg(1'000)->Arg(5'000);
BENCHMARK(place_erased)->Arg(1'000)->Arg(5'000);
BENCHMARK(place_plugins)->Arg(1'000)->Arg(5'000);
BENCHMARK(place_plugins_kept)->Arg(1'000)->Arg(5'000);
BENCHMARK(place_plugins_kept_4_kinds)->Arg(1'000)->Arg(5'000);
BENCHMARK(place_plugins_by_label)->Arg(1'000)->Arg(5'000);
BENCHMARK(place_plugins_kept_by_label)->Arg(1'000)->Arg(5'000);
BENCHMARK(placer_lambdas)->Arg(1'000)->Arg(5'000);
BENCHMARK(placer_erased)->Arg(1'000)->Arg(5'000);
BENCHMARK(placer_plugins)->Arg(1'000)->Arg(5'000);

} // namespace
