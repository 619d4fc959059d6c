/// \file
/// Keys are sorted by their bytes, whatever they have in common.

#include <berth/core/random.hpp>
#include <berth/store/detail/key_sort.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

using namespace berth;
using store::detail::key_text;

namespace {

auto sorted(std::set<std::string> const& texts, berth::random_engine& draw) -> std::vector<std::string> {
    auto keys = std::vector<key_text<int>*>{};
    for (auto const& t : texts) keys.push_back(key_text<int>::make(t));
    std::shuffle(keys.begin(), keys.end(), draw);
    store::detail::sort_keys(keys);
    auto out = std::vector<std::string>{};
    for (auto* const k : keys) {
        out.emplace_back(k->view());
        k->release();
    }
    return out;
}

/// Few different bytes, the smallest and greatest among them, so that prefixes and zeros abound.
auto some_text(berth::random_engine& draw, std::size_t greatest) -> std::string {
    auto out = std::string{};
    for (auto n = draw.below(greatest + 1); n > 0; --n)
        out += "\0\x01"
               "a\x7f\x80\xff"[draw.below(6)];
    return out;
}

} // namespace

TEST_CASE("keys of any bytes are sorted like texts", "[store]") {
    auto draw = berth::random_engine{3};
    for (auto round = 0; round < 200; ++round) {
        auto texts = std::set<std::string>{};
        auto const prefix = std::string(draw.below(20), 'p');
        for (auto n = draw.below(300); n > 0; --n)
            texts.insert(prefix + some_text(draw, static_cast<unsigned>(round) % 30U));
        auto const expected = std::vector<std::string>(texts.begin(), texts.end());
        INFO("round " << round);
        CHECK(sorted(texts, draw) == expected);
    }
}

TEST_CASE("keys that end in zeros come in the order of their lengths", "[store]") {
    auto draw = berth::random_engine{4};
    auto texts = std::set<std::string>{};
    for (std::size_t n = 0; n < 60; ++n) texts.insert("key" + std::string(n, '\0'));
    CHECK(sorted(texts, draw) == std::vector<std::string>(texts.begin(), texts.end()));
}
