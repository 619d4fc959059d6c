#pragma once

/// \file
/// In what two verdicts differ.

#include <boost/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace scheduling_cases {

namespace json = boost::json;

/// Where two values differ, each place as `path: expected ..., got ...`. Numbers compare by value; what is
/// null and what is missing are the same.
class differences {
public:
    auto compare(json::value const& expected, json::value const& got, std::string const& path = {}) -> void {
        if (expected.is_object() && got.is_object())
            return compare_objects(expected.get_object(), got.get_object(), path);
        if (expected.is_number() && got.is_number()) {
            if (expected.to_number<double>() == got.to_number<double>()) return;
        } else if (expected == got) {
            return;
        }
        found_.push_back((path.empty() ? "verdict" : path) + ": expected " + json::serialize(expected) +
                         ", got " + json::serialize(got));
    }
    [[nodiscard]] auto found() const -> std::vector<std::string> const& { return found_; }

private:
    auto compare_objects(json::object const& expected, json::object const& got, std::string const& path)
        -> void {
        auto const at = [&](json::string_view key) {
            return (path.empty() ? "" : path + ".") + std::string(key.data(), key.size());
        };
        auto const null = json::value();
        for (auto const& [key, value] : expected) {
            auto const* const other = got.if_contains(key);
            compare(value, other == nullptr ? null : *other, at(key));
        }
        for (auto const& [key, value] : got)
            if (!expected.contains(key)) compare(null, value, at(key));
    }

    std::vector<std::string> found_;
};

} // namespace scheduling_cases
