#include <berth/core/random.hpp>
#include <berth/schedule/detail/offer_tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace {

using berth::schedule::detail::offer_tree;
using berth::schedule::detail::prospect;

/// The same by looking at all.
struct row {
    std::vector<prospect> what;
    std::vector<int> costs;

    [[nodiscard]] auto is_offer(std::size_t i) const -> bool {
        return what[i] == prospect::harmful || what[i] == prospect::harmless;
    }
    [[nodiscard]] auto reach(std::size_t enough) const -> std::size_t {
        auto offers = std::size_t{0};
        auto harmless = false;
        for (std::size_t i = 0; i < what.size(); ++i) {
            if (harmless && offers >= enough) return i;
            offers += is_offer(i) ? 1 : 0;
            harmless = harmless || what[i] == prospect::harmless;
        }
        return what.size();
    }
    [[nodiscard]] auto best(std::size_t end) const -> std::optional<std::size_t> {
        auto out = std::optional<std::size_t>();
        for (std::size_t i = 0; i < end; ++i)
            if (is_offer(i) && (!out || costs[i] < costs[*out])) out = i;
        return out;
    }
    [[nodiscard]] auto first_unknown() const -> std::optional<std::size_t> {
        for (std::size_t i = 0; i < what.size(); ++i)
            if (what[i] == prospect::unknown) return i;
        return std::nullopt;
    }
};

TEST_CASE("an offer tree answers as who looks at all offers") {
    for (auto const size : {0U, 1U, 16U, 17U, 256U, 700U}) {
        auto draw = berth::random_engine(size);
        auto tree = offer_tree<int>();
        tree.reset(size);
        auto all = row{std::vector<prospect>(size), std::vector<int>(size)};
        CHECK(tree.first_unknown() == all.first_unknown());
        for (auto n = 0; n < 3000 && size > 0; ++n) {
            auto const i = draw.below(size);
            auto const what = static_cast<prospect>(draw.below(4));
            auto const cost = static_cast<int>(draw.below(9));
            tree.put(i, what, cost);
            all.what[i] = what;
            all.costs[i] = cost;
            auto const enough = draw.below(size + 2);
            REQUIRE(tree.reach(enough) == all.reach(enough));
            REQUIRE(tree.first_unknown() == all.first_unknown());
            auto const end = draw.below(4) == 0 ? size : draw.below(size + 1);
            REQUIRE(tree.best(end) == all.best(end));
        }
        CHECK(tree.best(size) == all.best(size));
    }
}

} // namespace
