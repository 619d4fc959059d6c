#pragma once

/// \file
/// JSON text to `boost::json::value`, telling duplicate members, which the parser alone would drop in
/// silence.

#include <berth/core/error.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace berth::object {

/// A parsed document.
struct json_document {
    boost::json::value value;
    std::vector<std::string>
        duplicate_paths; ///< members that occur twice in their object; the last one counts
};

namespace detail {

/// Builds a value, and notes the keys of each open object.
struct document_handler {
    static constexpr std::size_t max_object_size = boost::json::object::max_size();
    static constexpr std::size_t max_array_size = boost::json::array::max_size();
    static constexpr std::size_t max_key_size = boost::json::string::max_size();
    static constexpr std::size_t max_string_size = boost::json::string::max_size();
    using failure = boost::json::error_code;
    using text = boost::json::string_view;

    struct level {
        bool array;
        std::size_t index;             ///< of the element under way
        std::vector<std::string> keys; ///< of an object, so far
    };

    boost::json::value_stack stack;
    std::vector<level> levels;
    std::string key_;
    std::vector<std::string> duplicates;

    auto path_to(std::string_view key) const -> std::string {
        auto out = std::string();
        for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
            auto const& l = levels[i];
            if (l.array) (out += '[') += std::to_string(l.index) + "]";
            else (out += out.empty() ? "" : ".") += l.keys.back();
        }
        return (out += out.empty() ? "" : ".") += key;
    }
    auto element() -> void {
        if (!levels.empty() && levels.back().array) ++levels.back().index;
    }
    auto finish_key() -> void { levels.back().keys.push_back(std::exchange(key_, {})); }
    /// Notes the keys that occur more than once in the object that ends.
    auto find_duplicates() -> void {
        auto keys = std::move(levels.back().keys);
        std::sort(keys.begin(), keys.end());
        for (std::size_t i = 1; i < keys.size(); ++i)
            if (keys[i] == keys[i - 1] && (i == 1 || keys[i - 2] != keys[i]))
                duplicates.push_back(path_to(keys[i]));
    }

    auto on_document_begin(failure&) -> bool {
        stack.reset();
        return true;
    }
    auto on_document_end(failure&) -> bool { return true; }
    auto on_object_begin(failure&) -> bool {
        levels.push_back({false, 0, {}});
        return true;
    }
    auto on_object_end(std::size_t n, failure&) -> bool {
        stack.push_object(n);
        find_duplicates();
        levels.pop_back();
        element();
        return true;
    }
    auto on_array_begin(failure&) -> bool {
        levels.push_back({true, 0, {}});
        return true;
    }
    auto on_array_end(std::size_t n, failure&) -> bool {
        stack.push_array(n);
        levels.pop_back();
        element();
        return true;
    }
    auto on_key_part(text s, std::size_t, failure&) -> bool {
        key_.append(s.data(), s.size());
        stack.push_chars(s);
        return true;
    }
    auto on_key(text s, std::size_t, failure&) -> bool {
        key_.append(s.data(), s.size());
        finish_key();
        stack.push_key(s);
        return true;
    }
    auto on_string_part(text s, std::size_t, failure&) -> bool {
        stack.push_chars(s);
        return true;
    }
    auto on_string(text s, std::size_t, failure&) -> bool {
        stack.push_string(s);
        element();
        return true;
    }
    auto on_number_part(text, failure&) -> bool { return true; }
    auto on_int64(std::int64_t i, text, failure&) -> bool {
        stack.push_int64(i);
        element();
        return true;
    }
    auto on_uint64(std::uint64_t u, text, failure&) -> bool {
        stack.push_uint64(u);
        element();
        return true;
    }
    auto on_double(double d, text, failure&) -> bool {
        stack.push_double(d);
        element();
        return true;
    }
    auto on_bool(bool b, failure&) -> bool {
        stack.push_bool(b);
        element();
        return true;
    }
    auto on_null(failure&) -> bool {
        stack.push_null();
        element();
        return true;
    }
    auto on_comment_part(text, failure&) -> bool { return true; }
    auto on_comment(text, failure&) -> bool { return true; }
};

} // namespace detail

/// The deepest nesting that is read; deeper text is refused.
inline constexpr std::size_t json_depth_limit = 512;

/// Parses JSON text. Errors: `bad_request` with what the parser says and where.
[[nodiscard]] inline auto parse_document(std::string_view text) -> result<json_document> {
    auto options = boost::json::parse_options();
    options.max_depth = json_depth_limit;
    auto parser = boost::json::basic_parser<detail::document_handler>(options);
    auto failed = boost::json::error_code();
    auto const used = parser.write_some(false, text.data(), text.size(), failed);
    if (!failed && used < text.size() && text.find_first_not_of(" \t\r\n", used) != std::string_view::npos)
        failed = boost::json::error::extra_data;
    if (failed)
        return fail(error_code::bad_request,
                    "invalid character: " + failed.message() + " at offset " + std::to_string(used));
    auto& handler = parser.handler();
    return json_document{handler.stack.release(), std::move(handler.duplicates)};
}

} // namespace berth::object
