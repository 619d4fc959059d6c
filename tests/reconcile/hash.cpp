/// \file
/// The hash of names: different names, different hashes, well spread.

#include <berth/reconcile/detail/hash.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>

using namespace berth::reconcile;

TEST_CASE("names of every length have hashes of their own") {
    auto seen = std::set<std::uint64_t>();
    auto low = std::set<std::uint64_t>();
    auto count = std::size_t{0};
    for (auto length = std::size_t{1}; length <= 20; ++length)
        for (auto at = std::size_t{0}; at < length; ++at)
            for (auto c = 'a'; c <= 'z'; ++c, ++count) {
                auto name = std::string(length, '-');
                name[at] = c;
                seen.insert(detail::hash_text(name));
                low.insert(detail::hash_text(name) & 0xffffU);
            }
    CHECK(seen.size() == count);
    CHECK(low.size() > count * 9 / 10);
    CHECK(detail::hash_name("a", "bc") != detail::hash_name("ab", "c"));
    CHECK(detail::hash_name("", "x") != detail::hash_name("x", ""));
}
