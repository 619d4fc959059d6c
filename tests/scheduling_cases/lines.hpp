#pragma once

/// \file
/// Files of lines, each of which is an object in JSON.

#include "../cases/file.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

namespace scheduling_cases {

namespace json = boost::json;

/// The lines of a file, one after the other.
class line_reader {
public:
    explicit line_reader(std::string path) : path_(std::move(path)), text_(cases::read_whole(path_)) {}

    /// The next line that is not empty, as an object; false after the last one.
    auto next(json::object& out) -> bool {
        while (at_ < text_.size()) {
            auto const end = std::min(text_.find('\n', at_), text_.size());
            auto const line = std::string_view(text_).substr(at_, end - at_);
            at_ = end + 1;
            ++number_;
            if (line.find_first_not_of(" \r\t") == std::string_view::npos) continue;
            auto failed = json::error_code();
            auto v = json::parse(json::string_view(line.data(), line.size()), failed);
            if (failed) complain("is not JSON: " + failed.message());
            if (!v.is_object()) complain("is not a JSON object");
            out = std::move(v.get_object());
            auto const* const id = out.if_contains("id");
            if (id == nullptr || !id->is_string()) complain("has no id");
            return true;
        }
        return false;
    }
    [[noreturn]] auto complain(std::string const& what) const -> void {
        throw std::runtime_error(path_ + ", line " + std::to_string(number_) + ", " + what);
    }

private:
    std::string path_;
    std::string text_;
    std::size_t at_ = 0;
    std::size_t number_ = 0;
};

} // namespace scheduling_cases
