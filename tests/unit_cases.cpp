/// \file
/// Runs a file of unit cases (`.jsonl`, also gzipped): inputs to the small exact functions with the answers
/// that Kubernetes' own libraries gave. Prints how many agree by operation, the first differences, and the
/// sum.
///
///     unit_cases FILE [--show N]

#include "unit_cases/operations.hpp"

#include <boost/json.hpp>
#include <zlib.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace json = boost::json;
using unit_cases::operations;

/// The whole file, unpacked if it is gzipped.
auto read_whole(char const* path, std::string& text) -> bool {
    auto* const file = gzopen(path, "rb");
    if (file == nullptr) return false;
    char buffer[1 << 16];
    auto n = 0;
    while ((n = gzread(file, buffer, sizeof buffer)) > 0) text.append(buffer, static_cast<std::size_t>(n));
    auto const whole = n == 0;
    gzclose(file);
    return whole;
}

struct tally {
    int passed = 0;
    int failed = 0;
};

/// Objects and arrays compare by content; numbers by value, so that 1 equals 1.0.
auto agrees(json::value const& expected, json::value const& actual) -> bool {
    if (expected.is_number() && actual.is_number())
        return expected.to_number<double>() == actual.to_number<double>();
    if (expected.kind() != actual.kind()) return false;
    if (auto const* array = expected.if_array()) {
        auto const& other = actual.get_array();
        if (array->size() != other.size()) return false;
        for (std::size_t i = 0; i < other.size(); ++i)
            if (!agrees((*array)[i], other[i])) return false;
        return true;
    }
    if (auto const* object = expected.if_object()) {
        if (object->size() != actual.get_object().size()) return false;
        for (auto const& [key, value] : *object) {
            auto const* other = actual.get_object().if_contains(key);
            if (other == nullptr || !agrees(value, *other)) return false;
        }
        return true;
    }
    return expected == actual;
}

/// Where refusal is expected the words count only for selectors and the like.
auto accepts(json::object const& expected, json::object const& actual, bool words_count) -> bool {
    if (!expected.contains("error") || words_count) return agrees(expected, actual);
    return actual.contains("error");
}

class run {
public:
    explicit run(int show) : left_to_show_(show) {}

    auto take(std::string_view line) -> void {
        auto const parsed = json::parse(json::string_view(line.data(), line.size()));
        auto const& in = parsed.at("in").as_object();
        auto const& expected = parsed.at("out").as_object();
        auto const op = std::string(in.at("op").as_string());
        auto const found = operations().find(op);
        if (found == operations().end()) {
            ++tallies_[op].failed;
            return;
        }
        auto const actual = found->second.run(in);
        auto const same = accepts(expected, actual, found->second.words_count);
        ++(same ? tallies_[op].passed : tallies_[op].failed);
        if (same || left_to_show_-- <= 0) return;
        std::cout << "differs: " << json::serialize(in) << "\n  expected " << json::serialize(expected)
                  << "\n  actual   " << json::serialize(actual) << "\n";
    }

    auto report() const -> bool {
        auto sum = tally();
        for (auto const& [op, t] : tallies_) {
            std::printf("%-18s %5d of %5d agree\n", op.c_str(), t.passed, t.passed + t.failed);
            sum.passed += t.passed;
            sum.failed += t.failed;
        }
        std::printf("%d passed, %d failed\n", sum.passed, sum.failed);
        return sum.failed == 0 && sum.passed > 0;
    }

private:
    std::map<std::string, tally> tallies_;
    int left_to_show_;
};

} // namespace

auto main(int argc, char** argv) -> int {
    if (argc < 2) {
        std::cerr << "usage: unit_cases FILE [--show N]\n";
        return 2;
    }
    auto const show = argc == 4 && std::string_view(argv[2]) == "--show" ? std::atoi(argv[3]) : 10;
    auto text = std::string();
    if (!read_whole(argv[1], text)) {
        std::cerr << "cannot read " << argv[1] << "\n";
        return 2;
    }
    auto cases = run(show);
    auto rest = std::string_view(text);
    try {
        while (!rest.empty()) {
            auto const end = rest.find('\n');
            auto const line = rest.substr(0, end);
            if (!line.empty()) cases.take(line);
            rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        }
    } catch (std::exception const& problem) {
        std::cerr << "this is not a file of unit cases: " << problem.what() << "\n";
        return 2;
    }
    return cases.report() ? 0 : 1;
}
