#include "harbour.hpp"

#include <berth/schedule/in_words.hpp>
#include <berth/schedule/normalize.hpp>

#include <string>

namespace {

using namespace berth::schedule;
using harbour::batch, harbour::host, harbour::task;

auto const by_letter = [](std::size_t i) { return std::string(1, static_cast<char>('a' + i)); };

auto const hosts = std::vector<host>{{.cpu_free = 4},
                                     {.cpu_free = 8, .zone = 1},
                                     {.cpu_free = 0, .is_cordoned = true, .tainted = 1},
                                     {.cpu_free = 0, .is_cordoned = true},
                                     {.cpu_free = 0, .is_cordoned = true}};

TEST_CASE("the words tell the winner, its lead, the points and all that is said against the others") {
    CHECK(in_words(explain(task{.cpu = 1}, hosts, batch), by_letter) ==
          "batch: fits and tolerates and not cordoned; 3 * roomy + prefer zone\n"
          "goes to b with 31 points; 2 of 5 nodes will do\n"
          "22 points ahead of a\n"
          "  +12  3 * roomy\n"
          "  +10  prefer zone\n"
          "\n"
          "points (raw > normalised > weighted):\n"
          "node  3 * roomy  prefer zone  total\n"
          "b        7 > 21           10     31  <- chosen\n"
          "a         3 > 9            0      9\n"
          "\n"
          "refused:\n"
          "  2 nodes (d, e)\n"
          "      fits: not enough cpu\n"
          "      not cordoned: cordoned\n"
          "  1 node (c)\n"
          "      fits: not enough cpu\n"
          "      tolerates: tainted\n"
          "      not cordoned: cordoned\n");
}

TEST_CASE("a normalised leaf shows its points before and after") {
    constexpr auto roomy = score<"roomy">([](task const&, host const& h) { return h.cpu_free; }, min_max{});
    auto const p = profile{.name = "p", .score = 2 * roomy};
    auto const account = explain(task{}, std::vector<host>{{.cpu_free = 2}, {.cpu_free = 6}}, p);
    CHECK(account.weights == std::vector<points>{2});
    CHECK(account.nodes[1].raw == std::vector<points>{6});
    CHECK(account.nodes[1].normalised == std::vector<points>{100});
    CHECK(account.nodes[1].columns == std::vector<points>{200});
    CHECK(in_words(account, by_letter).find("6 > 100 > 200") != std::string::npos);
}

TEST_CASE("a tie is told with those who had as many points") {
    auto const text = in_words(explain(task{}, std::vector<host>(3), batch), by_letter);
    CHECK(text.find("tie: b, c have as many points") != std::string::npos);
}

TEST_CASE("a refusal by all is told, those alike in one line") {
    auto const text = in_words(explain(task{.cpu = 99}, hosts, batch), by_letter);
    CHECK(text.find("no place: none of 5 nodes will do\n") != std::string::npos);
    CHECK(text.find("points (") == std::string::npos);
    auto const groups = group_refusals(explain(task{.cpu = 99}, hosts, batch));
    REQUIRE(groups.size() == 3);
    CHECK(groups[0].nodes == std::vector<std::size_t>{0, 1});
    CHECK(groups[0].refusals == std::vector<filter_refusal>{{"fits", reject("not enough cpu")}});
}

TEST_CASE("the words on many nodes stay few") {
    auto const text = in_words(explain(task{}, std::vector<host>(500), batch),
                               [](std::size_t i) { return std::to_string(i); }, {.rows = 3, .names = 2});
    CHECK(text.find("1, 2 and 497 more have as many points") != std::string::npos);
    CHECK(text.find("and 497 nodes with no more points\n") != std::string::npos);
}

} // namespace
