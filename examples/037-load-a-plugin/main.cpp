/// \file
/// \brief Load a filter and a score from a shared library that is written in C, and decide by them.

#include <berth/schedule.hpp>
#include <berth/schedule/plugin_library.hpp>

#include <array>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

namespace {

namespace schedule = berth::schedule;

struct ship {
    std::string name;
    int draught_cm = 0;
};
struct quay {
    std::string name;
    int depth_cm = 0;
    double tide_m = 0;
};
constexpr auto of_ships = std::array{schedule::plugin_field<&ship::draught_cm>("draught_cm")};
constexpr auto of_quays = std::array{schedule::plugin_field<&quay::depth_cm>("depth_cm"),
                                     schedule::plugin_field<&quay::tide_m>("tide_m")};
constexpr auto words = schedule::plugin_vocabulary<ship, quay>{of_ships, of_quays};

auto complain(berth::error const& e) -> int {
    std::cerr << "load-a-plugin: " << e.message << '\n';
    return 1;
}

} // namespace

/// The library (`tidal.c` is built beside this program) and the arguments of its plugin.
auto main(int argc, char** argv) -> int {
    auto const beside = std::filesystem::path(argv[0]).parent_path() / "libtidal.so";
    auto const library = schedule::plugin_library::open(argc > 1 ? argv[1] : beside.string());
    if (!library) return complain(library.error());
    auto const deep = library->filter("tidal", words, argc > 2 ? argv[2] : "");
    auto const snug = library->score("tidal", words);
    if (!deep) return complain(deep.error());
    if (!snug) return complain(snug.error());
    auto const policy = schedule::profile{.name = "harbour", .filter = *deep, .score = *snug};

    auto const quays = std::vector<quay>{{"mole", 400, 3.5}, {"basin", 900, 0.2}, {"roads", 2'000, 3.5}};
    for (auto const& s : {ship{"cutter", 320}, ship{"coaster", 600}, ship{"tanker", 1'990}}) {
        std::cout << s.name << ":\n"
                  << schedule::explain(s, quays, policy).table([&](auto i) { return quays[i].name; }) << '\n';
    }
}
