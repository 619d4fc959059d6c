#include "harbour.hpp"

#include <berth/schedule/place.hpp>

#include <array>
#include <cstdlib>
#include <new>

namespace {

auto allocated = std::size_t{0};

} // namespace

// Counts every allocation of this program, so that a test can see that there was none.
auto operator new(std::size_t size) -> void* {
    ++allocated;
    if (auto* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}
auto operator new(std::size_t size, std::nothrow_t const&) noexcept -> void* {
    ++allocated;
    return std::malloc(size == 0 ? 1 : size);
}
auto operator delete(void* memory) noexcept -> void { std::free(memory); }
auto operator delete(void* memory, std::size_t) noexcept -> void { std::free(memory); }
auto harbour::allocations() -> std::size_t { return allocated; }

namespace {

using namespace berth::schedule;
using harbour::batch, harbour::fits, harbour::host, harbour::roomy, harbour::task;

TEST_CASE("the node with the greatest total is chosen") {
    constexpr host hosts[] = {{.cpu_free = 4}, {.cpu_free = 9}, {.cpu_free = 8, .zone = 1}, {.cpu_free = 2}};
    CHECK_TWICE(place(task{}, hosts, batch)->node == 2);
    CHECK_TWICE(*place(task{}, hosts, batch) == placement{.node = 2, .total = 31, .ties = 1, .feasible = 4});
}

TEST_CASE("a task that no node takes is refused with every node's reason") {
    auto const hosts = std::vector<host>{
        {.cpu_free = 1}, {.is_cordoned = true}, {.cpu_free = 0, .tainted = 1}, {.tainted = 1}};
    auto const answer = place(task{.cpu = 2}, hosts, batch);
    REQUIRE(!answer);
    auto const& why = answer.error();
    REQUIRE(why.refused.size() == 4);
    CHECK(why.refused[0] == node_refusal{0, "fits", reject("not enough cpu")});
    CHECK(why.refused[1] == node_refusal{1, "not cordoned", reject("cordoned")});
    CHECK(why.refused[2] == node_refusal{2, "fits", reject("not enough cpu")});
    CHECK(why.refused[3] == node_refusal{3, "tolerates", rule_out("tainted")});
    CHECK(why.summary() == "0/4 nodes are available: 1 cordoned, 1 tainted, 2 not enough cpu.");
}

TEST_CASE("without nodes there is no place, and no reason but that") {
    auto const answer = place(task{}, std::vector<host>{}, batch);
    REQUIRE(!answer);
    CHECK(answer.error().summary() == "0/0 nodes are available.");
}

TEST_CASE("several reasons of one filter are all told and counted") {
    auto const strict = filter<"strict">([](task const& t, host const& h) {
        auto says = verdict{};
        if (h.cpu_free < t.cpu) says &= reject("not enough cpu");
        if (h.zone != t.zone) says &= rule_out("other zone");
        return says;
    });
    auto const hosts = std::vector<host>{{.cpu_free = 0, .zone = 1}, {.cpu_free = 0}};
    auto const answer = place(task{}, hosts, profile{.filter = strict});
    CHECK(answer.error().refused[0].says.how() == grade::ruled_out);
    CHECK(answer.error().summary() == "0/2 nodes are available: 1 other zone, 2 not enough cpu.");
}

struct claim {
    static constexpr std::string_view name = "claim";
    auto prepare(task const&) const -> std::expected<int, verdict> {
        return std::unexpected(rule_out("claim is lost"));
    }
    auto operator()(task const&, host const&, int) const -> verdict { return accept; }
};

TEST_CASE("a reason that speaks of the task is told once") {
    auto const answer = place(task{}, std::vector<host>(3), profile{.filter = filter(claim{})});
    CHECK(answer.error().summary() == "0/3 nodes are available: claim is lost.");
}

TEST_CASE("nodes may be a vector, an array or a span") {
    auto const vector = std::vector<host>{{}, {.cpu_free = 9}};
    auto const array = std::array<host, 2>{{{}, {.cpu_free = 9}}};
    CHECK(place(task{}, vector, batch)->node == 1);
    CHECK(place(task{}, array, batch)->node == 1);
    CHECK(place(task{}, std::span(vector).subspan(0, 1), batch)->node == 0);
}

TEST_CASE("columns and the single pass choose alike") {
    auto const columns = profile{
        .filter = batch.filter,
        .score = batch.score + 0 * score<"flat">([](task const&, candidates<host>, std::span<points> column) {
                                   for (auto& p : column) p = 1;
                               })};
    for (auto const& t : harbour::tasks()) {
        auto const hosts = harbour::hosts();
        CHECK(place(t, hosts, batch) == place(t, hosts, columns));
    }
}

TEST_CASE("with a used workspace a placement allocates nothing") {
    auto const hosts = harbour::hosts();
    auto const normalized =
        score<"normalized">([](task const&, host const& h) { return h.cpu_free; }, min_max{});
    auto const policy = profile{.filter = fits, .score = roomy + normalized, .tie = seeded_tie{.seed = 1}};
    auto work = workspace{};
    auto const first = place(task{}, hosts, policy, work);
    auto const before = allocated;
    auto const second = place(task{}, hosts, policy, work);
    auto const after = allocated;
    CHECK(before == after);
    CHECK(first->total == second->total);
    CHECK(work.turn == 2);
}

} // namespace
