/// \file
/// Runs a file of unit cases (`.jsonl`, also gzipped): inputs to the small exact functions with the answers
/// that Kubernetes' own libraries gave. Prints how many agree by operation, the first differences, and the
/// sum.
///
///     unit_cases FILE [--show N]

#include "cases/file.hpp"
#include "unit_cases/operations.hpp"

#include <boost/json.hpp>

#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

namespace {

namespace json = boost::json;
using unit_cases::operations;

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

    auto report() const -> bool { return cases::report(tallies_, 18); }

private:
    cases::tallies tallies_;
    int left_to_show_;
};

} // namespace

auto main(int argc, char** argv) -> int {
    if (argc < 2) {
        std::cerr << "usage: unit_cases FILE [--show N]\n";
        return 2;
    }
    auto const show = argc == 4 && std::string_view(argv[2]) == "--show" ? std::atoi(argv[3]) : 10;
    auto all = run(show);
    try {
        auto const text = cases::read_whole(argv[1]);
        for (auto const line : cases::lines_of(text)) all.take(line);
    } catch (std::exception const& problem) {
        std::cerr << "these are not unit cases: " << problem.what() << "\n";
        return 2;
    }
    return all.report() ? 0 : 1;
}
