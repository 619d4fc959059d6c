#pragma once

/// \file
/// The bodies of `berth/object/json_path.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/detail/json_text.hpp>
#include <berth/object/json_path.hpp>

#include <algorithm>
#include <charconv>
#include <unordered_set>
#include <utility>

namespace berth::object {

/// Reads paths.
class json_path_reader {
public:
    using step = json_path::step;

    explicit json_path_reader(std::string_view text) : rest_(text) {}

    auto read() -> result<json_path> {
        auto out = json_path();
        auto steps = read_steps("");
        if (!steps) return std::unexpected(std::move(steps).error());
        if (!rest_.empty()) return wrong();
        out.steps_ = *std::move(steps);
        return out;
    }

private:
    auto wrong() const -> std::unexpected<error> {
        return fail(error_code::bad_request, "unrecognized JSON path at \"" + std::string(rest_) + "\"");
    }
    auto skip_space() -> void {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }
    auto take(std::string_view text) -> bool {
        if (!rest_.starts_with(text)) return false;
        rest_.remove_prefix(text.size());
        return true;
    }

    /// Steps until the end or one of the characters that end them.
    auto read_steps(std::string_view ends) -> result<std::vector<step>> {
        auto out = std::vector<step>();
        while (!rest_.empty() && ends.find(rest_.front()) == std::string_view::npos) {
            auto s = step{};
            if (take("..")) {
                s.what = step::kind::descent;
                out.push_back(s);
                if (!rest_.empty() && rest_.front() != '[' && rest_.front() != '.') {
                    s = step{};
                    read_member(s, ends);
                    out.push_back(s);
                }
                continue;
            }
            if (take("[")) {
                if (auto ok = read_bracket(s); !ok) return std::unexpected(std::move(ok).error());
            } else if (take(".")) {
                if (rest_.empty() || rest_.front() == '[') continue;
                read_member(s, ends);
            } else {
                return wrong();
            }
            out.push_back(std::move(s));
        }
        return out;
    }

    /// A name up to the next step; a backslash before a character takes it as it is.
    auto read_member(step& s, std::string_view ends) -> void {
        auto name = std::string();
        while (!rest_.empty()) {
            auto const c = rest_.front();
            if (c == '.' || c == '[' || ends.find(c) != std::string_view::npos) break;
            rest_.remove_prefix(1);
            if (c == '\\' && !rest_.empty()) {
                name += rest_.front();
                rest_.remove_prefix(1);
            } else {
                name += c;
            }
        }
        if (name == "*") s.what = step::kind::wildcard;
        else s.names.push_back(std::move(name));
    }

    auto read_bracket(step& s) -> result<void> {
        skip_space();
        if (take("?(")) return read_filter(s);
        if (take("*")) {
            s.what = step::kind::wildcard;
            return close("]");
        }
        if (rest_.starts_with('\'') || rest_.starts_with('"')) return read_names(s);
        return read_slice(s);
    }

    auto close(std::string_view with) -> result<void> {
        skip_space();
        if (!take(with)) return wrong();
        return {};
    }

    auto read_quoted() -> std::optional<std::string> {
        auto const quote = rest_.front();
        auto out = std::string();
        for (std::size_t i = 1; i < rest_.size(); ++i) {
            if (rest_[i] == '\\' && i + 1 < rest_.size()) out += rest_[++i];
            else if (rest_[i] == quote) {
                rest_.remove_prefix(i + 1);
                return out;
            } else out += rest_[i];
        }
        return std::nullopt;
    }

    auto read_names(step& s) -> result<void> {
        do {
            skip_space();
            if (rest_.empty() || (rest_.front() != '\'' && rest_.front() != '"')) return wrong();
            auto name = read_quoted();
            if (!name) return wrong();
            s.names.push_back(*std::move(name));
            skip_space();
        } while (take(","));
        return close("]");
    }

    auto read_number() -> std::optional<std::int64_t> {
        auto n = std::int64_t{0};
        auto const [end, problem] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), n);
        if (problem != std::errc()) return std::nullopt;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return n;
    }

    auto read_slice(step& s) -> result<void> {
        s.what = step::kind::slice;
        s.begin = read_number();
        skip_space();
        if (!take(":")) {
            if (!s.begin) return wrong();
            s.single = true;
            return close("]");
        }
        s.end = read_number();
        if (take(":")) s.stride = read_number().value_or(1);
        if (s.stride <= 0) return wrong();
        return close("]");
    }

    /// `@.a=="x")]`
    auto read_filter(step& s) -> result<void> {
        constexpr auto ends = std::string_view("=!<> )");
        constexpr auto deepest = 8;
        if (depth_ == deepest) return wrong();
        ++depth_;
        s.what = step::kind::filter;
        skip_space();
        if (!take("@")) return wrong();
        auto left = read_steps(ends);
        if (!left) return std::unexpected(std::move(left).error());
        s.left = *std::move(left);
        skip_space();
        for (auto const* const c : {"==", "!=", "<=", ">=", "<", ">"})
            if (take(c)) {
                s.comparison = c;
                break;
            }
        if (!s.comparison.empty())
            if (auto ok = read_operand(s, ends); !ok) return ok;
        --depth_;
        if (auto ok = close(")"); !ok) return ok;
        return close("]");
    }

    auto read_operand(step& s, std::string_view ends) -> result<void> {
        skip_space();
        if (rest_.empty()) return wrong();
        if (take("@")) {
            auto right = read_steps(ends);
            if (!right) return std::unexpected(std::move(right).error());
            s.right = *std::move(right);
            return {};
        }
        if (rest_.front() == '\'' || rest_.front() == '"') {
            auto text = read_quoted();
            if (!text) return wrong();
            s.literal.emplace(boost::json::string(*text));
            return {};
        }
        auto const word = rest_.substr(0, rest_.find_first_of(" )"));
        rest_.remove_prefix(word.size());
        if (word == "true" || word == "false") {
            s.literal.emplace(word == "true");
            return {};
        }
        if (auto const whole = detail::go_integer(word)) {
            s.literal.emplace(*whole);
            return {};
        }
        auto real = 0.0;
        auto const [end, problem] = std::from_chars(word.data(), word.data() + word.size(), real);
        if (problem != std::errc() || end != word.data() + word.size()) return wrong();
        s.literal.emplace(real);
        return {};
    }

    std::string_view rest_;
    int depth_ = 0; ///< of filters in filters
};

BERTH_DECL auto json_path::parse(std::string_view text) -> result<json_path> {
    return json_path_reader(text).read();
}

BERTH_DECL auto json_path::find(boost::json::value const& document) const -> found {
    return walk(steps_, document);
}

BERTH_DECL auto json_path::walk(std::vector<step> const& steps, boost::json::value const& root) -> found {
    auto here = found{&root};
    for (auto const& s : steps) {
        auto next = found();
        for (auto const* value : here) take(s, *value, next);
        if (s.what == step::kind::descent && here.size() > 1) { // what lies in another one was found twice
            auto seen = std::unordered_set<boost::json::value const*>();
            std::erase_if(next, [&](auto const* value) { return !seen.insert(value).second; });
        }
        here = std::move(next);
    }
    return here;
}

BERTH_DECL auto json_path::take(step const& s, boost::json::value const& value, found& out) -> void {
    switch (s.what) {
    case step::kind::member:
        if (auto const* const object = value.if_object())
            for (auto const& name : s.names)
                if (auto const* const member = object->if_contains(name)) out.push_back(member);
        return;
    case step::kind::wildcard:
        if (auto const* const object = value.if_object())
            for (auto const& member : *object) out.push_back(&member.value());
        else if (auto const* const list = value.if_array())
            for (auto const& element : *list) out.push_back(&element);
        return;
    case step::kind::descent: {
        auto all = step();
        all.what = step::kind::wildcard;
        auto waiting = found{&value};
        while (!waiting.empty()) {
            auto const* const next = waiting.back();
            waiting.pop_back();
            out.push_back(next);
            take(all, *next, waiting);
        }
        return;
    }
    case step::kind::slice: return take_slice(s, value, out);
    case step::kind::filter:
        if (auto const* const list = value.if_array())
            for (auto const& element : *list)
                if (passes(s, element)) out.push_back(&element);
        return;
    }
}

BERTH_DECL auto json_path::take_slice(step const& s, boost::json::value const& value, found& out) -> void {
    auto const* const list = value.if_array();
    if (list == nullptr) return;
    auto const size = static_cast<std::int64_t>(list->size());
    auto const from_end = [&](std::int64_t n) { return n < 0 ? n + size : n; };
    auto const begin = from_end(s.begin.value_or(0));
    if (s.single) {
        if (begin >= 0 && begin < size) out.push_back(&(*list)[static_cast<std::size_t>(begin)]);
        return;
    }
    auto const end = s.end ? from_end(*s.end) : size;
    if (end > size) return; // beyond the list there is nothing, and so no slice
    for (auto i = std::max<std::int64_t>(begin, 0); i < end; i += std::min(s.stride, size))
        out.push_back(&(*list)[static_cast<std::size_t>(i)]);
}

BERTH_DECL auto json_path::passes(step const& s, boost::json::value const& value) -> bool {
    auto const left = walk(s.left, value);
    if (s.comparison.empty()) return !left.empty();
    if (left.empty()) return false;
    auto const others = s.literal ? found{&*s.literal} : walk(s.right, value);
    if (others.empty()) return false;
    auto const& a = *left.front();
    auto const& b = *others.front();
    auto order = 0;
    if (a.is_number() && b.is_number()) {
        auto const x = a.to_number<double>();
        auto const y = b.to_number<double>();
        order = x < y ? -1 : x > y ? 1 : 0;
    } else if (a.is_string() && b.is_string()) {
        order = a.get_string().compare(b.get_string());
    } else if (a.is_bool() && b.is_bool()) {
        order = static_cast<int>(a.get_bool()) - static_cast<int>(b.get_bool());
    } else {
        return false;
    }
    if (s.comparison == "==") return order == 0;
    if (s.comparison == "!=") return order != 0;
    if (s.comparison == "<") return order < 0;
    if (s.comparison == "<=") return order <= 0;
    return s.comparison == ">" ? order > 0 : order >= 0;
}

} // namespace berth::object
