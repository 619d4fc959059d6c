#pragma once

/// \file
/// The bodies of `berth/object/field_set.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/field_set.hpp>
#include <berth/object/parse.hpp>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>

namespace berth::object::detail {

inline auto number_at(std::string_view text, std::size_t at) -> double {
    while (at > 0 && std::string_view("+-.eE0123456789").find(text[at - 1]) != std::string_view::npos) --at;
    auto value = 0.0;
    std::from_chars(text.data() + at, text.data() + text.size(), value);
    return value;
}

inline auto is_number_character(std::string_view text, std::size_t at) -> bool {
    return at < text.size() && std::string_view("+-.eE0123456789").find(text[at]) != std::string_view::npos;
}

/// Whether the `n`-th byte of a JSON text stands in a string.
inline auto in_string(std::string_view json, std::size_t n) -> bool {
    auto inside = false;
    for (std::size_t i = 0; i < n; ++i) {
        if (json[i] == '\\') ++i;
        else if (json[i] == '"') inside = !inside;
    }
    return inside;
}

/// The order of two JSON values or objects, written alike: texts by their bytes, numbers by their value.
inline auto compare_json(std::string_view a, std::string_view b) -> std::strong_ordering {
    auto const shorter = std::min(a.size(), b.size());
    auto n = std::size_t{0};
    while (n < shorter && a[n] == b[n]) ++n;
    if (n == shorter) return a.size() <=> b.size();
    auto const byte = [n](std::string_view text) { return static_cast<unsigned char>(text[n]); };
    if (in_string(a, n)) {
        auto const end = [&](std::string_view text) { return text[n] == '"' ? -1 : int{byte(text)}; };
        return end(a) <=> end(b);
    }
    auto const digits = is_number_character(a, n) || (n > 0 && is_number_character(a, n - 1));
    if (digits && (is_number_character(b, n) || (n > 0 && is_number_character(b, n - 1)))) {
        auto const left = number_at(a, n);
        auto const right = number_at(b, n);
        if (left < right) return std::strong_ordering::less;
        if (right < left) return std::strong_ordering::greater;
        return byte(a) <=> byte(b);
    }
    auto const rank = [&](std::string_view text) {
        return is_number_character(text, n) ? 0 : int{byte(text)};
    };
    return rank(a) <=> rank(b);
}

/// A JSON object as it is written for a key: its members in the order of their names.
inline auto canonical_key(boost::json::object const& key) -> std::string {
    auto members = std::vector<boost::json::key_value_pair const*>();
    for (auto const& m : key) members.push_back(&m);
    std::sort(members.begin(), members.end(),
              [](auto const* a, auto const* b) { return a->key() < b->key(); });
    auto out = std::string("{");
    for (auto const* m : members) {
        if (out.size() > 1) out += ',';
        append_json_string(out, m->key());
        (out += ':') += boost::json::serialize(m->value());
    }
    return out += '}';
}

/// Whether a key or value is written as ours are, as far as that is seen at once: nothing is said of others.
inline auto is_canonical(std::string_view element) -> bool {
    auto text = element.substr(2);
    auto const scalar = [&] {
        if (text.starts_with('"')) {
            auto const end = text.find_first_of("\"\\", 1);
            if (end == std::string_view::npos || text[end] == '\\') return false;
            text.remove_prefix(end + 1);
            return true;
        }
        auto const digits = std::min(text.find_first_not_of("0123456789"), text.size());
        auto const plain = digits > 0 && digits < 16 && (text.front() != '0' || digits == 1);
        text.remove_prefix(digits);
        return plain;
    };
    if (element.starts_with("v:")) return scalar() && text.empty();
    auto last = std::string_view();
    for (auto next = '{'; !text.starts_with('}'); next = ',') {
        if (!text.starts_with(next)) return false;
        text.remove_prefix(1);
        auto const name = text;
        if (!text.starts_with('"') || !scalar() || !text.starts_with(':')) return false;
        auto const length = name.size() - text.size();
        if (name.substr(0, length) <= last) return false;
        last = name.substr(0, length);
        text.remove_prefix(1);
        if (!scalar()) return false;
    }
    return text == "}";
}

/// A step as somebody else wrote it. Errors: `bad_request`.
inline auto read_element(std::string_view text) -> result<path_element> {
    auto const kind = text.substr(0, 2);
    if (kind == "f:") return path_element{std::string(text)};
    auto const bad = [](std::string why) { return fail(error_code::bad_request, std::move(why)); };
    if (kind == "i:") {
        auto n = std::int64_t{0};
        auto const [end, failed] = std::from_chars(text.data() + 2, text.data() + text.size(), n);
        if (failed != std::errc{} || end != text.data() + text.size())
            return bad("strconv.Atoi: parsing \"" + std::string(text.substr(2)) + "\": invalid syntax");
        return path_element{"i:" + std::to_string(n)};
    }
    if (kind != "k:" && kind != "v:")
        return bad(text.size() < 2  ? "key must be 2 characters long:"
                   : text[1] != ':' ? "missing colon: " + std::string(text)
                                    : "unknown path element type");
    if (is_canonical(text)) return path_element{std::string(text)};
    auto const read = parse_document(text.substr(2));
    if (!read || (kind == "k:" && !read->value.is_object()))
        return bad("invalid path element " + std::string(text));
    return path_element{kind == "v:" ? "v:" + boost::json::serialize(read->value)
                                     : "k:" + canonical_key(read->value.get_object())};
}

inline auto read_fields(boost::json::object const& json) -> result<field_set> {
    auto out = field_set();
    for (auto const& m : json) {
        if (m.key() == ".") continue;
        if (!m.value().is_object()) return fail(error_code::bad_request, "a set of fields must be an object");
        auto element = read_element({m.key().data(), m.key().size()});
        if (!element) return std::unexpected(std::move(element).error());
        auto const& inner = m.value().get_object();
        auto below = read_fields(inner);
        if (!below) return below;
        auto const member = inner.empty() || inner.contains(".");
        out.add(*std::move(element), member, *std::move(below));
    }
    out.finish();
    return out;
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto path_element::field(std::string_view name) -> path_element {
    auto out = path_element{};
    out.text.reserve(name.size() + 2);
    (out.text = "f:") += name;
    return out;
}

BERTH_DECL auto path_element::index(std::size_t n) -> path_element { return {"i:" + std::to_string(n)}; }

BERTH_DECL auto path_element::shown() const -> std::string {
    switch (text.front()) {
    case 'f': return "." + text.substr(2);
    case 'v': return "[=" + text.substr(2) + "]";
    case 'k': break;
    default: return "[" + text.substr(2) + "]";
    }
    auto out = std::string("[");
    auto failed = boost::system::error_code();
    auto const key = boost::json::parse({text.data() + 2, text.size() - 2}, failed);
    if (!key.is_object()) return text;
    for (auto const& m : key.get_object()) {
        if (out.size() > 1) out += ',';
        ((out += std::string_view(m.key())) += '=') += boost::json::serialize(m.value());
    }
    return out += ']';
}

BERTH_DECL auto path_element::compare(path_element const& a, path_element const& b) -> std::strong_ordering {
    auto const rank = [](path_element const& e) { return std::string_view("fkvi").find(e.text.front()); };
    if (a.text.front() != b.text.front()) return rank(a) <=> rank(b);
    if (a.text.front() == 'f') return a.text <=> b.text;
    return detail::compare_json(std::string_view(a.text).substr(2), std::string_view(b.text).substr(2));
}

BERTH_DECL auto shown(field_path_elements const& path) -> std::string {
    auto out = std::string();
    for (auto const& e : path) out += e.shown();
    return out;
}

BERTH_DECL auto field_set::size() const -> std::size_t {
    auto out = std::size_t{0};
    for (auto const& n : nodes_) out += n.below.size() + (n.member ? 1U : 0U);
    return out;
}

BERTH_DECL auto field_set::find(path_element const& e) const -> node const* {
    auto const at = std::lower_bound(nodes_.begin(), nodes_.end(), e,
                                     [](node const& n, path_element const& x) { return n.element < x; });
    return at != nodes_.end() && at->element == e ? &*at : nullptr;
}

BERTH_DECL auto field_set::find_member(std::string_view name) const -> node const* {
    auto const at =
        std::lower_bound(nodes_.begin(), nodes_.end(), name, [](node const& n, std::string_view x) {
            return n.element.is_field() && n.element.name() < x;
        });
    return at != nodes_.end() && at->element.is_field() && at->element.name() == name ? &*at : nullptr;
}

BERTH_DECL auto field_set::contains(field_path_elements const& path) const -> bool {
    auto const* here = this;
    for (std::size_t i = 0; i < path.size(); ++i) {
        auto const* const n = here->find(path[i]);
        if (n == nullptr) return false;
        if (i + 1 == path.size()) return n->member;
        here = &n->below;
    }
    return false;
}

BERTH_DECL auto field_set::intersects(field_set const& other) const -> bool {
    auto left = nodes_.begin();
    auto right = other.nodes_.begin();
    while (left != nodes_.end() && right != other.nodes_.end()) {
        auto const order = left->element <=> right->element;
        if (order == 0 && ((left->member && right->member) || left->below.intersects(right->below)))
            return true;
        if (order <= 0) ++left;
        if (order >= 0) ++right;
    }
    return false;
}

BERTH_DECL auto field_set::insert(field_path_elements const& path) -> void {
    auto* here = this;
    for (std::size_t i = 0; i < path.size(); ++i) {
        auto at = std::lower_bound(here->nodes_.begin(), here->nodes_.end(), path[i],
                                   [](node const& n, path_element const& x) { return n.element < x; });
        if (at == here->nodes_.end() || at->element != path[i])
            at = here->nodes_.insert(at, {path[i], false, {}});
        if (i + 1 == path.size()) at->member = true;
        here = &at->below;
    }
}

BERTH_DECL auto field_set::add(path_element e, bool member, field_set below) -> void {
    if (member || !below.empty()) nodes_.push_back({std::move(e), member, std::move(below)});
}

BERTH_DECL auto field_set::finish() -> void {
    auto const before = [](node const& a, node const& b) { return a.element < b.element; };
    auto const unordered = [](node const& a, node const& b) { return !(a.element < b.element); };
    if (std::adjacent_find(nodes_.begin(), nodes_.end(), unordered) == nodes_.end()) return;
    std::sort(nodes_.begin(), nodes_.end(), before);
    auto const twice = [](node const& a, node const& b) { return a.element == b.element; };
    if (std::adjacent_find(nodes_.begin(), nodes_.end(), twice) == nodes_.end()) return;
    auto joined = std::vector<node>();
    for (auto& n : nodes_) {
        if (joined.empty() || joined.back().element != n.element) {
            joined.push_back(std::move(n));
            continue;
        }
        auto& into = joined.back();
        into.member = into.member || n.member;
        for (auto& below : n.below.nodes_) into.below.nodes_.push_back(std::move(below));
    }
    nodes_ = std::move(joined);
    for (auto& n : nodes_) n.below.finish();
}

BERTH_DECL auto field_set::combine(field_set const& a, field_set const& b, choice keep) -> field_set {
    auto out = field_set();
    auto left = a.nodes_.begin();
    auto right = b.nodes_.begin();
    while (left != a.nodes_.end() || right != b.nodes_.end()) {
        auto order = std::strong_ordering::equal;
        if (left == a.nodes_.end()) order = std::strong_ordering::greater;
        else if (right == b.nodes_.end()) order = std::strong_ordering::less;
        else order = left->element <=> right->element;
        if (order < 0) {
            if (keep.left) out.nodes_.push_back(*left);
            ++left;
        } else if (order > 0) {
            if (keep.right) out.nodes_.push_back(*right);
            ++right;
        } else {
            auto const member =
                left->member ? (right->member ? keep.both : keep.left) : right->member && keep.right;
            out.add(left->element, member, combine(left->below, right->below, keep));
            ++left;
            ++right;
        }
    }
    return out;
}

BERTH_DECL auto field_set::without(field_set const& other) const -> field_set {
    if (other.empty()) return *this;
    auto out = field_set();
    for (auto const& n : nodes_) {
        auto const* const gone = other.find(n.element);
        if (gone == nullptr) out.nodes_.push_back(n);
        else if (!gone->member) out.add(n.element, n.member, n.below.without(gone->below));
    }
    return out;
}

BERTH_DECL auto field_set::decode(std::string_view json) -> result<field_set> {
    auto failed = boost::system::error_code();
    auto memory = boost::json::monotonic_resource();
    auto const how = boost::json::parse_options{.max_depth = json_depth_limit};
    auto const document = boost::json::parse({json.data(), json.size()}, failed, &memory, how);
    if (failed || !document.is_object())
        return fail(error_code::bad_request, "a set of fields must be an object");
    return detail::read_fields(document.get_object());
}

BERTH_DECL auto field_set::encode() const -> std::string {
    auto out = std::string("{");
    append_to(out);
    return out += '}';
}

BERTH_DECL auto field_set::append_to(std::string& out) const -> void {
    for (auto const& n : nodes_) {
        if (out.back() != '{') out += ',';
        append_json_string(out, n.element.text);
        out += ":{";
        if (n.member && !n.below.empty()) out += "\".\":{}";
        n.below.append_to(out);
        out += '}';
    }
}

} // namespace berth::object
