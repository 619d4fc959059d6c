#pragma once

/// \file
/// The figures that the authors of FGD publish with their simulator (analysis_allo_discrete.csv of its
/// expected results; Weng et al., "Beware of Fragmentation", USENIX ATC 2023): ten seeds, 42 to 51, on the
/// openb lists.

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace fgd {

/// The published policies, in the order of all tables.
inline constexpr std::array<std::string_view, 6> published_policies = {
    "Random", "DotProd", "GpuClustering", "GpuPacking", "BestFit", "FGD"};
inline constexpr std::size_t published_seeds = 10;

/// A mean over seeds and how far they scatter, both in percent of all graphics processors.
struct figure {
    double mean = 0;
    double deviation = 0; ///< the standard deviation
};

/// What is not allocated when as much has been asked for as there is.
struct published_row {
    std::string_view list; ///< the part of the file's name that tells the lists apart
    std::array<figure, published_policies.size()> unallocated;
};
// clang-format off
inline constexpr std::array<published_row, 17> published = {{
    {"default", {{{13.70,0.33}, {9.38,0.19}, {8.35,0.61}, {8.22,0.53}, {7.14,0.14}, {4.77,0.11}}}},
    {"cpu050", {{{10.98,0.26}, {6.97,0.19}, {6.48,0.34}, {6.54,0.32}, {6.44,0.13}, {5.00,0.11}}}},
    {"cpu100", {{{12.57,0.28}, {8.27,0.27}, {7.58,0.40}, {7.50,0.42}, {6.74,0.13}, {4.79,0.14}}}},
    {"cpu200", {{{16.97,0.27}, {12.55,0.61}, {10.33,0.38}, {10.02,0.48}, {7.85,0.21}, {5.18,0.16}}}},
    {"cpu250", {{{20.00,0.33}, {16.43,0.45}, {12.25,0.61}, {11.95,0.68}, {8.79,0.25}, {6.80,0.29}}}},
    {"gpushare40", {{{15.14,0.34}, {10.70,0.14}, {10.24,0.62}, {10.23,0.53}, {8.56,0.20}, {6.04,0.07}}}},
    {"gpushare60", {{{17.19,0.35}, {13.18,0.28}, {13.10,0.41}, {12.85,0.37}, {10.94,0.18}, {8.75,0.13}}}},
    {"gpushare80", {{{19.38,0.28}, {15.86,0.19}, {15.50,0.54}, {15.35,0.50}, {13.34,0.24}, {10.92,0.11}}}},
    {"gpushare100", {{{21.10,0.15}, {18.02,0.30}, {17.78,0.51}, {17.87,0.50}, {15.38,0.22}, {13.36,0.16}}}},
    {"gpuspec10", {{{13.74,0.25}, {9.83,0.39}, {8.04,0.71}, {7.76,0.65}, {6.90,0.21}, {5.34,0.19}}}},
    {"gpuspec20", {{{14.10,0.35}, {11.71,0.17}, {10.89,0.21}, {10.72,0.25}, {11.54,0.12}, {5.34,0.13}}}},
    {"gpuspec25", {{{14.58,0.34}, {14.56,0.16}, {13.59,0.29}, {13.23,0.35}, {14.33,0.20}, {6.09,0.11}}}},
    {"gpuspec33", {{{16.13,0.26}, {20.18,0.25}, {18.91,0.22}, {17.78,0.39}, {19.61,0.27}, {12.16,0.18}}}},
    {"multigpu20", {{{13.08,0.52}, {8.15,0.32}, {6.66,0.60}, {6.50,0.64}, {6.27,0.25}, {4.47,0.16}}}},
    {"multigpu30", {{{13.37,0.47}, {6.89,0.31}, {5.45,0.32}, {5.30,0.32}, {5.43,0.24}, {3.64,0.10}}}},
    {"multigpu40", {{{14.62,0.76}, {5.96,0.22}, {4.65,0.30}, {4.41,0.31}, {4.90,0.23}, {3.09,0.10}}}},
    {"multigpu50", {{{18.72,0.83}, {5.27,0.20}, {4.31,0.28}, {3.94,0.31}, {4.38,0.18}, {2.91,0.11}}}},
}};
// clang-format on

/// What is allocated of the list "default" by how much has been asked for, both in percent.
struct published_point {
    int arrival = 0;
    std::array<double, published_policies.size()> allocated;
};
// clang-format off
inline constexpr std::array<published_point, 15> published_curve = {{
    {10, {10.01, 10.01, 10.01, 10.01, 10.01, 10.01}},
    {50, {49.97, 50.01, 50.01, 50.01, 50.01, 50.01}},
    {70, {69.21, 70.00, 70.00, 70.00, 70.00, 70.00}},
    {80, {78.66, 80.02, 80.02, 80.02, 80.02, 80.02}},
    {85, {83.18, 85.02, 85.02, 85.02, 85.02, 85.02}},
    {90, {85.02, 89.98, 89.98, 89.98, 89.99, 89.98}},
    {95, {85.72, 90.58, 91.61, 91.74, 92.82, 94.91}},
    {98, {86.08, 90.61, 91.63, 91.76, 92.85, 95.21}},
    {100, {86.30, 90.62, 91.65, 91.78, 92.86, 95.23}},
    {105, {86.62, 90.67, 91.70, 91.83, 92.91, 95.27}},
    {110, {86.88, 90.70, 91.73, 91.86, 92.94, 95.30}},
    {115, {87.10, 90.73, 91.76, 91.89, 92.97, 95.32}},
    {120, {87.28, 90.77, 91.80, 91.92, 93.00, 95.35}},
    {125, {87.40, 90.81, 91.84, 91.97, 93.04, 95.38}},
    {130, {87.47, 90.85, 91.88, 92.00, 93.08, 95.39}},
}};
// clang-format on

/// The figure of a list and a policy; null where none was published.
constexpr auto published_figure(std::string_view list, std::string_view policy) -> figure const* {
    auto const row = std::ranges::find(published, list, &published_row::list);
    auto const at = std::ranges::find(published_policies, policy);
    if (row == published.end() || at == published_policies.end()) return nullptr;
    return &row->unallocated[static_cast<std::size_t>(at - published_policies.begin())];
}

} // namespace fgd
