#include "harbour_plugin.hpp"

#include <berth/core/random.hpp>
#include <berth/schedule/any.hpp>
#include <berth/schedule/place.hpp>

#include <cstdint>
#include <vector>

namespace {

using namespace harbour_plugin;

auto const plain = profile{.filter = fits, .score = much_left};

/// How many nodes plugins have been asked about.
auto asked = std::uint64_t{0};
auto counting_fit(void* self, berth_call const* call, std::uint8_t* verdicts) -> std::int32_t {
    asked += call->nodes;
    return fit(self, call, verdicts);
}
auto many_hosts(std::size_t count) -> std::vector<host> {
    auto out = std::vector<host>();
    for (std::size_t i = 0; i < count; ++i)
        out.push_back({.cpu_free = 6 + static_cast<int>(i % 3), .zone = static_cast<int>(i % 4)});
    return out;
}

TEST_CASE("fields are copied as they are at the time") {
    auto hosts = std::vector<host>{{4, 0, false, 1}, {2, 0, false, 0}};
    auto columns = plugin_columns<host>(host_fields);
    columns.read(hosts);
    hosts[0].cpu_free = 9;
    hosts[1].cpu_free = 7;
    columns.changed(1);
    CHECK(columns.column(0)[0].whole == 4);
    CHECK(columns.column(0)[1].whole == 7);
    CHECK(columns.column(1)[0].whole == 1);
    CHECK(columns.column(2)[1].real == 3.5);
}

TEST_CASE("a revision that has been read is not read again") {
    auto hosts = many_hosts(3);
    auto columns = plugin_columns<host>(host_fields);
    auto const first = [&] { return columns.column(0)[0].whole; };
    columns.read(hosts, 7);
    hosts[0].cpu_free = 1;
    columns.read(hosts, 7);
    CHECK(first() == 6);
    columns.read(hosts, 8);
    CHECK(first() == 1);
    hosts[0].cpu_free = 2;
    columns.read(hosts); // of no revision
    columns.read(hosts, 8);
    CHECK(first() == 2);
    auto const others = many_hosts(2);
    columns.read(others, 8);
    CHECK(columns.holds(others));
    CHECK_FALSE(columns.holds(hosts));
    CHECK(first() == 6);
}

TEST_CASE("by kept columns plugins decide as lambdas do, whatever becomes of the hosts") {
    auto const library = library_of(plugin("fits"));
    auto const opened = library.open().value();
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        auto draw = berth::random_engine(seed);
        auto hosts = many_hosts(1 + draw.below(60));
        auto columns = plugin_columns<host>(host_fields);
        auto const kept = plugin_vocabulary<task, host>{task_fields, host_fields, &columns};
        auto const by = profile{.filter = opened.filter("fits", kept).value(),
                                .score = opened.score("fits", kept).value()};
        auto const erased =
            profile{.filter = any_filter<task, host>(by.filter), .score = any_score<task, host>(by.score)};
        columns.read(hosts);
        for (auto turn = 0; turn < 200; ++turn) {
            auto const t = task{.cpu = 1 + static_cast<int>(draw.below(4))};
            auto const expected = place(t, hosts, plain);
            for (auto const& found : {place(t, hosts, by), place(t, hosts, erased)}) {
                REQUIRE(found.has_value() == expected.has_value());
                if (found) REQUIRE(*found == *expected);
                else REQUIRE(found.error().summary() == expected.error().summary());
            }
            for (auto changes = draw.below(4); changes > 0; --changes) {
                auto const at = draw.below(hosts.size());
                hosts[at].cpu_free = static_cast<int>(draw.below(12));
                hosts[at].tainted = draw.below(9) == 0 ? 1 : 0;
                columns.changed(at);
            }
            if (draw.below(20) == 0) {
                hosts = many_hosts(1 + draw.below(60));
                columns.read(hosts);
            }
        }
    }
}

TEST_CASE("of a task like one before a plugin is asked only about hosts that have changed") {
    auto p = plugin("fits");
    p.filter = counting_fit;
    auto const library = library_of(p);
    auto hosts = many_hosts(100);
    auto columns = plugin_columns<host>(host_fields);
    auto const kept = plugin_vocabulary<task, host>{task_fields, host_fields, &columns};
    auto const by = profile{.filter = library.open().value().filter("fits", kept).value()};
    auto const asked_for = [&](int cpu) {
        asked = 0;
        CHECK(place(task{.cpu = cpu}, hosts, by).has_value());
        return asked;
    };
    columns.read(hosts);
    CHECK(asked_for(2) == 100);
    CHECK(asked_for(2) == 0);
    columns.changed(7);
    columns.changed(9);
    CHECK(asked_for(2) == 2);
    CHECK(asked_for(3) == 100); // another task
    columns.changed(8);
    CHECK(asked_for(2) == 1); // what is known of each stays
    CHECK(asked_for(3) == 1);
    for (std::size_t i = 0; i < 60; ++i) columns.changed(i);
    CHECK(asked_for(3) == 100); // too many to be told one by one
    columns.read(hosts);
    CHECK(asked_for(3) == 100);
    CHECK(by.filter.callable.bound.plugin->verdict_of(BERTH_OK, 0).accepted());
    auto const one = hosts.front(); // asked about apart, it leaves what is known of the others
    asked = 0;
    CHECK(judge(by.filter, task{.cpu = 3}, one).accepted());
    CHECK(asked == 1);
    CHECK(asked_for(3) == 0);
}

TEST_CASE("nodes that are not those of the columns are read as they are") {
    auto const library = library_of(plugin("fits"));
    auto hosts = many_hosts(4);
    auto columns = plugin_columns<host>(host_fields);
    auto const kept = plugin_vocabulary<task, host>{task_fields, host_fields, &columns};
    auto const by = profile{.filter = library.open().value().filter("fits", kept).value()};
    columns.read(hosts);
    auto full = hosts;
    for (auto& h : full) h.cpu_free = 0;
    CHECK(place(task{}, hosts, by).has_value());
    CHECK_FALSE(place(task{}, full, by).has_value());
    CHECK(place(task{}, hosts, by).has_value());
    hosts[0].cpu_free = 0; // fewer of them are others, too
    CHECK_FALSE(place(task{}, std::span(hosts).first(1), by).has_value());
}

auto fails = false;
TEST_CASE("a plugin that fails over kept columns is asked anew when it fails no more") {
    auto p = plugin("fits");
    p.filter = [](void* self, berth_call const* call, std::uint8_t* verdicts) -> std::int32_t {
        return fails ? BERTH_FAILED : fit(self, call, verdicts);
    };
    auto const library = library_of(p);
    auto hosts = many_hosts(40);
    auto columns = plugin_columns<host>(host_fields);
    auto const kept = plugin_vocabulary<task, host>{task_fields, host_fields, &columns};
    auto const by = profile{.filter = library.open().value().filter("fits", kept).value()};
    columns.read(hosts);
    CHECK(place(task{}, hosts, by).has_value());
    fails = true;
    columns.changed(3);
    CHECK(place(task{}, hosts, by).error().summary() ==
          "0/40 nodes are available: 40 plugin fits failed with status 1.");
    fails = false;
    CHECK(place(task{}, hosts, by).value() == place(task{}, hosts, profile{.filter = fits}).value());
}

} // namespace
