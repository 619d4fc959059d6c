/// \file
/// What layers are, and how they are put in front of stores.

#include <berth/sim/virtual_clock.hpp>
#include <berth/store/any_store.hpp>
#include <berth/store/by_reference.hpp>
#include <berth/store/laws.hpp>
#include <berth/store/layer.hpp>
#include <berth/store/lessor.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/metrics.hpp>
#include <berth/store/with_faults.hpp>
#include <berth/store/with_fence.hpp>
#include <berth/store/with_history.hpp>
#include <berth/store/with_metrics.hpp>
#include <berth/store/with_prefix.hpp>

#include <catch2/catch_test_macros.hpp>
#include <store/judge.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace berth;
namespace laws = berth::store::laws;
using text_store = store::memory<std::string>;
using store::operation_kind;

namespace {

/// Changes nothing.
struct glass : store::is_layer {};

/// Writes down what passes, under a name.
struct diary : store::is_layer {
    diary(std::string& book, char mark) : book_(&book), mark_(mark) {}

    template <class S, class Call>
    auto around(S& /*inner*/, operation_kind kind, Call call) const -> decltype(call()) {
        book_->append(1, mark_).append(":").append(store::name_of(kind)).append(" ");
        return call();
    }

private:
    std::string* book_;
    char mark_;
};

/// Has no idea of puts, and sees them all the same.
struct censor : store::is_layer {
    template <class S> auto commit(S& inner, std::span<store::txn<std::string> const> batch) const {
        auto out = inner.commit(batch);
        for (auto& r : out) r = fail(error_code::forbidden, "no");
        return out;
    }
};

template <class S, class L>
concept takes = requires(S s, L l) { std::forward<S>(s) | l; };

} // namespace

TEST_CASE("a layer that states nothing changes nothing", "[store][laws]") {
    laws::all(harbour::made_by{[] { return text_store{} | glass{}; }}, harbour::judge);
    laws::sequential(harbour::made_by{[] { return text_store{} | glass{} | glass{}; }}, harbour::judge,
                     {.histories = 5, .depth = 2});
    auto const erased = [] { return store::any_store<std::string>{text_store{} | glass{}} | glass{}; };
    laws::sequential(harbour::made_by{erased}, harbour::judge, {.histories = 5, .depth = 2});
}

TEST_CASE("what stands around operations stands around each of them", "[store]") {
    auto book = std::string{};
    auto s = text_store{} | diary{book, 'd'};
    REQUIRE(store::put(s, "a", "1"));
    REQUIRE(store::erase(s, "a"));
    REQUIRE(store::get(s, "a"));
    CHECK(s.commit({}).empty());
    REQUIRE(s.watch({.key = "a"}));
    auto const lease = s.grant({.ttl = 10}).value().id;
    REQUIRE(s.keep_alive(lease));
    REQUIRE(s.time_to_live(lease, true));
    REQUIRE(s.leases());
    REQUIRE(s.revoke(lease));
    REQUIRE(s.compact(2));
    CHECK(book == "d:put d:erase d:range d:commit d:watch d:grant d:keep_alive d:time_to_live d:leases "
                  "d:revoke d:compact ");
}

TEST_CASE("the first layer is the nearest to the store, however they are joined", "[store]") {
    auto book = std::string{};
    auto const a = diary{book, 'a'};
    auto const b = diary{book, 'b'};
    auto const c = diary{book, 'c'};
    auto one_by_one = text_store{} | a | b | c;
    auto joined = text_store{} | (a | (b | c));
    auto otherwise = text_store{} | ((a | b) | c);
    static_assert(std::same_as<decltype(one_by_one), decltype(joined)>);
    static_assert(std::same_as<decltype(one_by_one), decltype(otherwise)>);
    auto const writes = [&](auto& s) {
        book.clear();
        REQUIRE(store::put(s, "a", "1"));
        return book;
    };
    CHECK(writes(one_by_one) == "c:put b:put a:put ");
    CHECK(writes(joined) == "c:put b:put a:put ");
    CHECK(writes(otherwise) == "c:put b:put a:put ");
}

TEST_CASE("all layers together obey the laws", "[store][laws]") {
    auto figures = store::metrics{};
    auto const time = sim::virtual_clock{};
    auto const make = [&] {
        auto open = store::fencing_token{};
        open.set_vacant();
        auto const outer = store::with_prefix("outer/") | store::with_fence("leader", open);
        return text_store{} | store::with_faults({}) | store::with_history() |
               store::with_metrics(figures, time) | outer | store::with_prefix("inner/");
    };
    laws::all(harbour::made_by{make}, harbour::judge, {.histories = 20, .depth = 2});
    auto const erased = [&] { return store::any_store<std::string>{make()}; };
    laws::sequential(harbour::made_by{erased}, harbour::judge, {.histories = 10, .depth = 2});
}

TEST_CASE("no put passes by a layer that knows of transactions only", "[store]") {
    auto s = text_store{} | censor{} | glass{};
    CHECK(store::put(s, "a", "1").error().code == error_code::forbidden);
    CHECK(store::erase(s, "a").error().code == error_code::forbidden);
}

TEST_CASE("a store that stays where it is gets a layer by reference", "[store]") {
    static_assert(takes<text_store, glass>);
    static_assert(!takes<text_store&, glass>);
    static_assert(!takes<text_store const&, glass>);
    static_assert(!takes<int, glass>);
    auto shared = text_store{};
    auto s = store::by_reference(shared) | glass{};
    REQUIRE(store::put(s, "a", "1"));
    CHECK(shared.revision() == 2);
    CHECK(s.inner().revision() == 2);
}

TEST_CASE("leases end through layers, references and erasure", "[store]") {
    auto time = sim::virtual_clock{};
    auto shared = text_store{{.clock = time}};
    auto s = store::any_store<std::string>{store::by_reference(shared) | glass{}};
    auto keeper = store::lessor{s};
    CHECK(keeper.step(time.now()) == wake::signalled());
    auto const lease = s.grant({.ttl = 10}).value().id;
    REQUIRE(store::put(s, {.key = "a", .value = "1", .lease = lease}));
    auto const granted = shared.time_to_live(lease, false)->granted_ttl;
    CHECK(keeper.step(time.now()) == wake::at(time.now() + seconds(granted)));
    time.advance(seconds(granted));
    CHECK(keeper.step(time.now()) == wake::signalled());
    CHECK(!store::get(s, "a").value());
    CHECK(&s.leased() == &shared.leased());
}

TEST_CASE("each kind of operation has a name of its own", "[store]") {
    auto names = std::string{};
    for (std::size_t i = 0; i < store::operation_kinds; ++i) {
        auto const name = store::name_of(static_cast<operation_kind>(i));
        CHECK(!name.empty());
        CHECK(names.find(name) == std::string::npos);
        names.append(name).append(" ");
    }
    CHECK(store::is_write(operation_kind::grant));
    CHECK(!store::is_write(operation_kind::next));
}
