/// \file
/// What does exactness cost? Quantities are parsed, printed, added and compared; beside each stands what a
/// program without them would do: `std::from_chars`, `std::to_chars` and plain 64-bit integers.

#include <berth/object/quantity.hpp>

#include <benchmark/benchmark.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using berth::object::quantity;

/// What pods and nodes are seen with.
constexpr std::string_view usual[] = {"100m", "250m", "2", "512Mi", "1Gi", "64Gi", "110", "1500m"};
/// Amounts that do not fit the short way: fractions of binary units, more than 18 digits.
constexpr std::string_view unusual[] = {"1.5Gi", "0.3Ti", "9223372036854775807", "1.23456789Mi"};

template <std::size_t N> auto parsed(std::string_view const (&texts)[N]) -> std::vector<quantity> {
    auto out = std::vector<quantity>();
    for (auto const text : texts) out.push_back(*quantity::parse(text));
    return out;
}

void parse_digits(benchmark::State& state) {
    auto i = std::size_t{0};
    for (auto _ : state) {
        auto const text = usual[i++ % std::size(usual)];
        auto value = std::int64_t{0};
        std::from_chars(text.data(), text.data() + text.size(), value);
        benchmark::DoNotOptimize(value);
    }
}
BENCHMARK(parse_digits);

void parse(benchmark::State& state) {
    auto i = std::size_t{0};
    for (auto _ : state) benchmark::DoNotOptimize(quantity::parse(usual[i++ % std::size(usual)]));
}
BENCHMARK(parse);

void parse_unusual(benchmark::State& state) {
    auto i = std::size_t{0};
    for (auto _ : state) benchmark::DoNotOptimize(quantity::parse(unusual[i++ % std::size(unusual)]));
}
BENCHMARK(parse_unusual);

void print_integer(benchmark::State& state) {
    auto const amounts = parsed(usual);
    auto i = std::size_t{0};
    auto text = std::string();
    for (auto _ : state) {
        text = std::to_string(amounts[i++ % amounts.size()].milli_value());
        benchmark::DoNotOptimize(text);
    }
}
BENCHMARK(print_integer);

void print(benchmark::State& state) {
    auto const amounts = parsed(usual);
    auto i = std::size_t{0};
    auto text = std::string();
    for (auto _ : state) {
        text.clear();
        amounts[i++ % amounts.size()].append_to(text);
        benchmark::DoNotOptimize(text);
    }
}
BENCHMARK(print);

void add_integers(benchmark::State& state) {
    auto sum = std::int64_t{0};
    for (auto _ : state) benchmark::DoNotOptimize(sum += 250);
}
BENCHMARK(add_integers);

void add(benchmark::State& state) {
    auto const step = *quantity::parse("250m");
    auto sum = quantity();
    for (auto _ : state) {
        sum += step;
        benchmark::DoNotOptimize(sum);
    }
}
BENCHMARK(add);

void add_across_scales(benchmark::State& state) {
    auto const bytes = *quantity::parse("1Gi");
    auto const milli = *quantity::parse("1m");
    for (auto _ : state) {
        auto sum = bytes;
        sum += milli;
        benchmark::DoNotOptimize(sum);
    }
}
BENCHMARK(add_across_scales);

void compare(benchmark::State& state) {
    auto const amounts = parsed(usual);
    auto i = std::size_t{0};
    for (auto _ : state) {
        benchmark::DoNotOptimize(amounts[i % 8] < amounts[(i + 3) % 8]);
        ++i;
    }
}
BENCHMARK(compare);

void milli_value(benchmark::State& state) {
    auto const amounts = parsed(usual);
    auto i = std::size_t{0};
    for (auto _ : state) benchmark::DoNotOptimize(amounts[i++ % 8].milli_value());
}
BENCHMARK(milli_value);

void copy(benchmark::State& state) {
    auto const amounts = parsed(usual);
    for (auto _ : state) {
        auto copy = amounts;
        benchmark::DoNotOptimize(copy);
    }
}
BENCHMARK(copy);

} // namespace
