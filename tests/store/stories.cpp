/// \file
/// The ledger of story 050 neither makes nor loses money, on whatever store, whatever goes wrong.

#include "../../examples/050-keep-a-ledger/ledger.hpp"

#include <berth/core/random.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/with_faults.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

using namespace berth;

namespace {

template <class Store> auto total(Store& s) -> std::int64_t {
    auto out = std::int64_t{0};
    auto const all = s.range({.key = "account/", .range_end = store::prefix_end("account/")}).value();
    for (auto const& kv : all.kvs) out += std::stoll(kv.value());
    return out;
}

} // namespace

TEST_CASE("money moves if there is enough of it", "[store]") {
    auto s = store::memory<std::string>{};
    REQUIRE(store::put(s, "account/ann", "10"));
    CHECK(ledger::transfer(s, "ann", "bob", 4).value());
    CHECK_FALSE(ledger::transfer(s, "ann", "bob", 7).value());
    CHECK_FALSE(ledger::transfer(s, "nobody", "bob", 1).value());
    CHECK(ledger::read(s, "ann")->balance == 6);
    CHECK(ledger::read(s, "bob")->balance == 4);
}

TEST_CASE("tellers on many threads keep the sum, though their store fails and forgets to answer",
          "[store][threads]") {
    auto s = store::memory<std::string>{} |
             store::with_faults({.seed = 5, .error_rate = 0.05, .lost_ack_rate = 0.05});
    auto const names = std::vector<std::string>{"ann", "bob", "cid", "dot"};
    for (auto const& name : names) REQUIRE(store::put(s.inner(), "account/" + name, "1000"));
    {
        auto tellers = std::vector<std::jthread>{};
        for (std::uint64_t t = 0; t < 4; ++t) {
            tellers.emplace_back([&, t] {
                auto draw = berth::random_engine{t};
                for (auto i = 0; i < 300; ++i) {
                    auto const from = draw.below(names.size());
                    auto const to = (from + 1 + draw.below(names.size() - 1)) % names.size();
                    static_cast<void>(ledger::transfer(s, names[from], names[to],
                                                       static_cast<std::int64_t>(draw.below(50))));
                }
            });
        }
    }
    CHECK(total(s.inner()) == 4'000);
}
