#pragma once

/// \file
/// The bodies of `berth/api/yaml.hpp`.

#include <berth/api/yaml.hpp>
#include <berth/core/config.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>

namespace berth::api::detail {

inline auto one_of(std::string_view text, std::initializer_list<std::string_view> words) -> bool {
    return std::find(words.begin(), words.end(), text) != words.end();
}

/// A whole number in Go's notation: decimal, `0x`, `0o`, `0b`, a leading zero for octal, `_` between digits.
inline auto yaml_integer(std::string_view plain) -> std::optional<std::int64_t> {
    auto digits = std::string(plain);
    std::erase(digits, '_');
    auto text = std::string_view(digits);
    auto const negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    auto base = 10;
    auto const prefix = [&](std::string_view lower, std::string_view upper, int b) {
        if (!text.starts_with(lower) && !text.starts_with(upper)) return;
        text.remove_prefix(2);
        base = b;
    };
    prefix("0x", "0X", 16);
    prefix("0o", "0O", 8);
    prefix("0b", "0B", 2);
    if (base == 10 && text.size() > 1 && text.front() == '0') base = 8;
    if (text.empty()) return std::nullopt;
    auto magnitude = std::uint64_t{0};
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), magnitude, base);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    constexpr auto most = std::uint64_t{9223372036854775807U};
    if (magnitude > most + (negative ? 1U : 0U)) return std::nullopt;
    return negative ? static_cast<std::int64_t>(0U - magnitude) : static_cast<std::int64_t>(magnitude);
}

/// A number with a fraction or an exponent: `[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?`.
inline auto yaml_real(std::string_view text) -> std::optional<double> {
    auto const starts = !text.empty() && (text.front() == '+' || text.front() == '-') ? 1U : 0U;
    auto const digits = text.substr(starts);
    auto const allowed = digits.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
    auto const begins = !digits.empty() && ((digits[0] >= '0' && digits[0] <= '9') || digits[0] == '.');
    if (!allowed || !begins) return std::nullopt;
    if (text.front() == '+') text.remove_prefix(1);
    auto value = 0.0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// Writes the events of a YAML parser as JSON text: no tree is made. What an anchor names is found again in
/// what was written, so that an alias costs what it writes; that all aliases write is bounded, as they can
/// make a small text a huge document.
class yaml_writer final : public YAML::EventHandler {
public:
    /// `repeated` is how many bytes aliases may write.
    explicit yaml_writer(std::size_t repeated) : repeated_(repeated) {}

    /// The document that was written last; empty if there was none.
    auto take() -> std::string { return std::exchange(out_, {}); }

    /// The parser leaves a token that cannot begin a document where it is, and would find documents without
    /// end.
    auto OnDocumentStart(YAML::Mark const& mark) -> void override {
        if (std::exchange(begun_, mark.pos) >= mark.pos)
            refuse(mark, "did not find expected <document start>");
        out_.clear();
        frames_.clear();
        anchors_.clear();
    }
    auto OnDocumentEnd() -> void override {}

    auto OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) -> void override {
        write_leaf(mark, anchor, "null");
    }
    auto OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                  std::string const& value) -> void override {
        constexpr std::string_view standard = "tag:yaml.org,2002:";
        auto const explicit_type = std::string_view(tag).starts_with(standard);
        auto const plain = tag.empty() || tag == "?" ||
                           (explicit_type && std::string_view(tag).substr(standard.size()) != "str");
        if (expects_key() && tag == "?" && value == "<<") {
            frames_.back().waits_for = part::merged;
            return;
        }
        auto text = std::string();
        plain ? append_plain(text, value) : object::append_json_string(text, value);
        write_leaf(mark, anchor, text);
    }

    auto OnSequenceStart(YAML::Mark const& mark, std::string const&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) -> void override {
        if (expects_key()) refuse(mark, "invalid map key");
        auto const merged = expects_merge();
        if (merged && frames_.back().waits_for == part::merged_element) refuse(mark, wants_map);
        if (!merged) separate();
        auto const begin = out_.size();
        if (!merged) out_ += '[';
        frames_.push_back(
            {merged ? part::merged_element : part::element, !merged || is_first(), merged, anchor, begin});
    }
    auto OnSequenceEnd() -> void override {
        auto const f = pop();
        if (f.merged) return end_value(f);
        out_ += ']';
        note(f.anchor, {f.begin, out_.size(), form::list});
        end_value(f);
    }

    auto OnMapStart(YAML::Mark const& mark, std::string const&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) -> void override {
        if (expects_key()) refuse(mark, "invalid map key");
        auto const merged = expects_merge();
        if (!merged) separate();
        if (!merged) out_ += '{';
        frames_.push_back({part::key, !merged || is_first(), merged, anchor, out_.size()});
    }
    auto OnMapEnd() -> void override {
        auto const f = pop();
        auto begin = f.begin;
        if (f.merged && begin < out_.size() && out_[begin] == ',') ++begin;
        note(f.anchor, {begin, out_.size(), form::members});
        if (!f.merged) out_ += '}';
        end_value(f);
    }

    auto OnAlias(YAML::Mark const& mark, YAML::anchor_t anchor) -> void override {
        auto const found = anchors_.find(anchor);
        if (found == anchors_.end()) refuse(mark, "anchor value contains itself");
        auto const what = found->second;
        auto const size = what.end - what.begin;
        if (expects_key() && what.is != form::leaf) refuse(mark, "invalid map key");
        if (expects_merge() && what.is != form::members) refuse(mark, wants_map);
        if (size > repeated_)
            refuse(YAML::Mark::null_mark(), "document contains excessive aliasing, or is nested too deeply");
        repeated_ -= size;
        if (expects_merge()) {
            if (size > 0) separate();
            out_.append(out_, what.begin, size);
            return end_value({});
        }
        auto text = out_.substr(what.begin, size);
        if (what.is == form::members) text = "{" + text + "}";
        write_leaf(mark, YAML::NullAnchor, text);
    }

private:
    static constexpr auto wants_map = "map merge requires map or sequence of maps as the value";

    /// What comes next in an open list or map. `merged` is the value of `<<`, whose members become those of
    /// the map around it; `merged_element` one of several such.
    enum class part : std::uint8_t { element, key, value, merged, merged_element };
    struct frame {
        part waits_for = part::element;
        bool first = true; ///< nothing is written of it so far
        bool merged = false;
        YAML::anchor_t anchor = YAML::NullAnchor;
        std::size_t begin = 0;
    };
    enum class form : std::uint8_t { leaf, list, members };
    struct place {
        std::size_t begin;
        std::size_t end;
        form is;
    };

    [[noreturn]] static auto refuse(YAML::Mark const& mark, char const* why) -> void {
        throw YAML::ParserException(mark, why);
    }
    [[nodiscard]] auto expects_key() const -> bool {
        return !frames_.empty() && frames_.back().waits_for == part::key;
    }
    [[nodiscard]] auto expects_merge() const -> bool {
        return !frames_.empty() &&
               (frames_.back().waits_for == part::merged || frames_.back().waits_for == part::merged_element);
    }
    [[nodiscard]] auto is_first() const -> bool { return frames_.empty() || frames_.back().first; }

    /// The comma between elements or members.
    auto separate() -> void {
        if (frames_.empty() || frames_.back().waits_for == part::value) return;
        if (!std::exchange(frames_.back().first, false)) out_ += ',';
    }
    auto note(YAML::anchor_t anchor, place p) -> void {
        if (anchor != YAML::NullAnchor) anchors_[anchor] = p;
    }
    auto pop() -> frame {
        auto const out = frames_.back();
        frames_.pop_back();
        return out;
    }
    /// A value is complete; `f` is what was open of it.
    auto end_value(frame const& f) -> void {
        if (frames_.empty()) return;
        auto& around = frames_.back();
        if (f.merged && !f.first) around.first = false;
        if (around.waits_for == part::value || around.waits_for == part::merged) around.waits_for = part::key;
    }

    /// Writes a value that is a JSON text, or a key, which is a text whatever it is in YAML.
    auto write_leaf(YAML::Mark const& mark, YAML::anchor_t anchor, std::string const& json) -> void {
        if (expects_merge()) refuse(mark, wants_map);
        auto const key = expects_key();
        separate();
        auto const begin = out_.size();
        if (key && !json.starts_with('"')) object::append_json_string(out_, json);
        else out_ += json;
        note(anchor, {begin, out_.size(), form::leaf});
        if (!key) return end_value({});
        out_ += ':';
        frames_.back().waits_for = part::value;
    }

    static auto append_plain(std::string& out, std::string const& text) -> void {
        if (one_of(text, {"", "~", "null", "Null", "NULL"})) {
            out += "null";
        } else if (one_of(text, {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"})) {
            out += "true";
        } else if (one_of(text,
                          {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"})) {
            out += "false";
        } else if (auto const whole = yaml_integer(text)) {
            object::append_json_number(out, *whole);
        } else if (auto const real = yaml_real(text)) {
            object::append_json_number(out, *real);
        } else {
            object::append_json_string(out, text);
        }
    }

    std::string out_;
    std::vector<frame> frames_;
    std::map<YAML::anchor_t, place> anchors_;
    int begun_ = -1; ///< where the last document began
    std::size_t repeated_;
};

inline auto yaml_failure(YAML::Exception const& e) -> std::unexpected<error> {
    auto message = std::string("yaml: ");
    if (!e.mark.is_null()) message += "line " + std::to_string(e.mark.line + 1) + ": ";
    auto const deep = dynamic_cast<YAML::DeepRecursion const*>(&e) != nullptr;
    return fail(error_code::bad_request, message + (deep ? "nested too deeply" : e.msg));
}

/// Reads the documents of a text one after the other; `next()` answers whether there is another.
class yaml_documents {
public:
    explicit yaml_documents(std::string_view text)
        : in_(std::string(text)), parser_(in_), writer_(text.size() + few_repetitions) {}

    auto next() -> bool { return parser_.HandleNextDocument(writer_); }
    /// The JSON of the document that was read.
    auto take() -> std::string { return writer_.take(); }

private:
    static constexpr std::size_t few_repetitions = 1024U * 1024;

    std::istringstream in_;
    YAML::Parser parser_;
    yaml_writer writer_;
};

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto yaml_to_json(std::string const& text) -> result<std::vector<std::string>> {
    try {
        auto out = std::vector<std::string>();
        auto documents = detail::yaml_documents(text);
        while (documents.next())
            if (auto json = documents.take(); !json.empty() && json != "null") out.push_back(std::move(json));
        return out;
    } catch (YAML::Exception const& e) {
        return detail::yaml_failure(e);
    }
}

BERTH_DECL auto yaml_body_to_json(std::string_view text) -> result<std::string> {
    try {
        auto documents = detail::yaml_documents(text);
        auto json = documents.next() ? documents.take() : std::string();
        return json.empty() ? std::string("null") : json;
    } catch (YAML::Exception const& e) {
        return detail::yaml_failure(e);
    }
}

} // namespace berth::api
