/// \file
/// \brief Write a filter with parameters, test it in one line, and see it in an explanation.

#include "budget.hpp"

#include <iostream>
#include <vector>

namespace {

using namespace budget;

// The test of a filter: a line, and it may be checked by the compiler.
static_assert(judge(schedule::filter(keeps_reserve{}), job{.hours = 5, .euros = 10}, offer{}) ==
              schedule::accept);
static_assert(judge(schedule::filter(keeps_reserve{.share = 0.6}), job{.hours = 5, .euros = 10}, offer{}) ==
              schedule::reject("over budget"));

} // namespace

auto main() -> int {
    auto const offers = std::vector<offer>{
        {"tiny", 2, 0.4, 0.05},
        {"steady", 16, 1.2, 0.35},
        {"green", 16, 1.3, 0.20},
        {"mighty", 96, 4.0, 1.10},
    };
    auto const work = job{.hours = 6, .euros = 20, .cores = 8};
    std::cout << schedule::explain(work, offers, policy).table([&](auto i) { return offers[i].name; });

    auto const demanding = job{.hours = 6, .euros = 20, .cores = 32};
    std::cout << '\n' << schedule::place(demanding, offers, policy).error().summary() << '\n';
}
