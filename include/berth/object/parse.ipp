#pragma once

/// \file
/// The bodies of `berth/object/parse.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/parse.hpp>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace berth::object::detail {

/// Builds a value, and notes the keys of each open object. It holds each key once besides the value, and of
/// the duplicates only what is told.
struct document_handler {
    static constexpr std::size_t max_object_size = boost::json::object::max_size();
    static constexpr std::size_t max_array_size = boost::json::array::max_size();
    static constexpr std::size_t max_key_size = boost::json::string::max_size();
    static constexpr std::size_t max_string_size = boost::json::string::max_size();
    using failure = boost::json::error_code;
    using text = boost::json::string_view;

    struct level {
        bool array;
        std::size_t index;     ///< of the element under way
        std::size_t first_key; ///< where in `key_ends` the keys of this level begin
    };

    boost::json::storage_ptr memory;
    boost::json::value_stack stack;
    std::vector<level> levels;
    std::string keys;                  ///< of all open objects, one after the other
    std::vector<std::size_t> key_ends; ///< where in `keys` each ends
    told_paths duplicates;
    std::string number;                           ///< what came of one that is not whole yet
    std::vector<std::vector<std::size_t>> places; ///< of the duplicates: which member of each level
    std::vector<std::size_t> no_texts;            ///< members of the document that are neither text nor null
    std::vector<std::string> mixed;               ///< see `json_document::mixed_duplicates`

    auto key(std::size_t i) const -> std::string_view {
        auto const begin = i == 0 ? 0 : key_ends[i - 1];
        return std::string_view(keys).substr(begin, key_ends[i] - begin);
    }
    auto path_to(std::string_view last) const -> std::string {
        auto out = std::string();
        for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
            auto const& l = levels[i];
            if (l.array) (out += '[') += std::to_string(l.index) + "]";
            else (out += out.empty() ? "" : ".") += key(levels[i + 1].first_key - 1);
        }
        return (out += out.empty() ? "" : ".") += last;
    }
    /// Where in the text the key is that occurs for the second time in the object that ends.
    auto second_of(std::string_view twice) const -> std::vector<std::size_t> {
        auto out = std::vector<std::size_t>();
        for (std::size_t i = 0; i + 1 < levels.size(); ++i)
            out.push_back(levels[i].array ? levels[i].index
                                          : levels[i + 1].first_key - levels[i].first_key - 1);
        auto seen = 0;
        auto at = levels.back().first_key;
        while (key(at) != twice || ++seen < 2) ++at;
        out.push_back(at - levels.back().first_key);
        return out;
    }
    /// The paths in the order in which a reader meets them, which is not that in which objects end.
    auto duplicates_in_order() && -> std::vector<std::string> {
        auto found = std::move(duplicates).paths();
        auto order = std::vector<std::pair<std::vector<std::size_t>, std::size_t>>();
        for (std::size_t i = 0; i < found.size(); ++i) order.emplace_back(std::move(places[i]), i);
        std::sort(order.begin(), order.end());
        auto out = std::vector<std::string>();
        for (auto const& [place, i] : order) out.push_back(std::move(found[i]));
        return out;
    }
    auto open(bool array) -> bool {
        levels.push_back({array, 0, key_ends.size()});
        return true;
    }
    auto close() -> bool {
        levels.pop_back();
        return element();
    }
    auto element(bool worded = false) -> bool {
        if (levels.empty()) return true;
        if (levels.back().array) ++levels.back().index;
        else if (levels.size() == 1 && !worded) no_texts.push_back(key_ends.size() - 1);
        return true;
    }
    auto is_no_text(std::string_view member) const -> bool {
        return std::any_of(no_texts.begin(), no_texts.end(), [&](auto at) { return key(at) == member; });
    }
    /// The keys that occur more than once in the object that ends.
    auto find_duplicates() const -> std::vector<std::string_view> {
        auto const first = levels.back().first_key;
        auto sorted = std::vector<std::string_view>();
        auto out = std::vector<std::string_view>();
        if (duplicates.full() || key_ends.size() - first < 2) return out;
        sorted.reserve(key_ends.size() - first);
        for (auto i = first; i < key_ends.size(); ++i) sorted.push_back(key(i));
        std::sort(sorted.begin(), sorted.end());
        for (std::size_t i = 1; i < sorted.size(); ++i)
            if (sorted[i] == sorted[i - 1] && (i == 1 || sorted[i - 2] != sorted[i]))
                out.push_back(sorted[i]);
        return out;
    }
    auto forget_keys() -> void {
        auto const first = levels.back().first_key;
        keys.resize(first == 0 ? 0 : key_ends[first - 1]);
        key_ends.resize(first);
    }

    auto on_document_begin(failure&) -> bool {
        stack.reset(memory);
        return true;
    }
    auto on_document_end(failure&) -> bool { return true; }
    auto on_object_begin(failure&) -> bool { return open(false); }
    auto on_object_end(std::size_t n, failure&) -> bool {
        stack.push_object(n);
        for (auto const twice : find_duplicates()) {
            if (duplicates.full()) break;
            duplicates.add(path_to(twice));
            if (levels.size() == 1 && is_no_text(twice)) mixed.emplace_back(twice);
            if (duplicates.paths().size() > places.size()) places.push_back(second_of(twice));
        }
        forget_keys();
        return close();
    }
    auto on_array_begin(failure&) -> bool { return open(true); }
    auto on_array_end(std::size_t n, failure&) -> bool {
        stack.push_array(n);
        return close();
    }
    auto on_key_part(text s, std::size_t, failure&) -> bool {
        keys.append(s.data(), s.size());
        stack.push_chars(s);
        return true;
    }
    auto on_key(text s, std::size_t, failure&) -> bool {
        keys.append(s.data(), s.size());
        key_ends.push_back(keys.size());
        stack.push_key(s);
        return true;
    }
    auto on_string_part(text s, std::size_t, failure&) -> bool {
        stack.push_chars(s);
        return true;
    }
    auto on_string(text s, std::size_t, failure&) -> bool {
        stack.push_string(s);
        return element(true);
    }
    auto on_number_part(text s, failure&) -> bool {
        number.append(s.data(), s.size());
        return true;
    }
    auto on_int64(std::int64_t i, text, failure&) -> bool {
        number.clear();
        stack.push_int64(i);
        return element();
    }
    auto on_uint64(std::uint64_t u, text, failure&) -> bool {
        number.clear();
        stack.push_uint64(u);
        return element();
    }
    /// The parser is one digit out in the last place where there are many, so that a number would be another
    /// one each time it was read and written. One that is too large for any type is refused, as Go does; it
    /// could not be written as JSON again.
    auto on_double(double d, text s, failure& why) -> bool {
        number.append(s.data(), s.size());
        auto const read = std::from_chars(number.data(), number.data() + number.size(), d);
        number.clear();
        auto const too_small = read.ec == std::errc::result_out_of_range && std::abs(d) < 1;
        if ((read.ec != std::errc() && !too_small) || !std::isfinite(d)) {
            why = boost::json::error::exponent_overflow;
            return false;
        }
        stack.push_double(d);
        return element();
    }
    auto on_bool(bool b, failure&) -> bool {
        stack.push_bool(b);
        return element();
    }
    auto on_null(failure&) -> bool {
        stack.push_null();
        return element(true);
    }
    auto on_comment_part(text, failure&) -> bool { return true; }
    auto on_comment(text, failure&) -> bool { return true; }
};

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto parse_document(std::string_view text, boost::json::storage_ptr memory)
    -> result<json_document> {
    auto options = boost::json::parse_options();
    options.max_depth = json_depth_limit;
    auto parser = boost::json::basic_parser<detail::document_handler>(options);
    parser.handler().memory = std::move(memory);
    auto failed = boost::json::error_code();
    auto const used = parser.write_some(false, text.data(), text.size(), failed);
    if (!failed && used < text.size() && text.find_first_not_of(" \t\r\n", used) != std::string_view::npos)
        failed = boost::json::error::extra_data;
    if (failed)
        return fail(error_code::bad_request,
                    "invalid character: " + failed.message() + " at offset " + std::to_string(used));
    auto& handler = parser.handler();
    auto value = handler.stack.release();
    auto mixed = std::move(handler.mixed);
    return json_document{std::move(value), std::move(handler).duplicates_in_order(), std::move(mixed)};
}

} // namespace berth::object
