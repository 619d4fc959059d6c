#pragma once

/// \file
/// The bodies of `berth/api/yaml_lines.hpp`.

#include <berth/api/yaml_lines.hpp>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

namespace berth::api::detail {

/// Notes where keys and elements begin. What an alias stands for has the line of the alias.
class yaml_line_finder final : public YAML::EventHandler {
public:
    using found = std::map<std::string, std::size_t, std::less<>>;

    explicit yaml_line_finder(found& lines) : lines_(&lines) {}

    auto OnDocumentStart(YAML::Mark const&) -> void override {}
    auto OnDocumentEnd() -> void override {}
    auto OnNull(YAML::Mark const& mark, YAML::anchor_t) -> void override { leaf(mark, "null"); }
    auto OnAlias(YAML::Mark const& mark, YAML::anchor_t) -> void override { leaf(mark, ""); }
    auto OnScalar(YAML::Mark const& mark, std::string const&, YAML::anchor_t, std::string const& value)
        -> void override {
        leaf(mark, value);
    }
    auto OnSequenceStart(YAML::Mark const& mark, std::string const&, YAML::anchor_t,
                         YAML::EmitterStyle::value) -> void override {
        open_.push_back({begin(mark), true});
    }
    auto OnSequenceEnd() -> void override { end(); }
    auto OnMapStart(YAML::Mark const& mark, std::string const&, YAML::anchor_t, YAML::EmitterStyle::value)
        -> void override {
        open_.push_back({begin(mark), false});
    }
    auto OnMapEnd() -> void override { end(); }

private:
    struct around {
        std::string path;
        bool list = false;
        std::size_t next = 0; ///< of a list: the index of the next element
        std::string key = {}; ///< of a map: whose value comes next
        bool has_key = false;
    };

    /// The path of a value that begins.
    auto begin(YAML::Mark const& mark) -> std::string {
        if (open_.empty()) return {};
        auto& in = open_.back();
        if (!in.list) return in.key;
        auto path = in.path + "[" + std::to_string(in.next++) + "]";
        note(path, mark);
        return path;
    }
    auto leaf(YAML::Mark const& mark, std::string const& text) -> void {
        if (open_.empty()) return;
        auto& in = open_.back();
        if (in.list) {
            (void)begin(mark);
        } else if (std::exchange(in.has_key, !in.has_key)) {
            in.key.clear();
        } else {
            in.key = in.path.empty() ? text : in.path + "." + text;
            note(in.key, mark);
        }
    }
    auto end() -> void {
        open_.pop_back();
        if (!open_.empty()) open_.back().has_key = false;
    }
    auto note(std::string const& path, YAML::Mark const& mark) -> void {
        lines_->try_emplace(path, static_cast<std::size_t>(mark.line) + 1);
    }

    found* lines_;
    std::vector<around> open_;
};

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL yaml_lines::yaml_lines(std::string const& text) {
    try {
        auto in = std::istringstream(text);
        auto parser = YAML::Parser(in);
        auto finder = detail::yaml_line_finder(lines_);
        (void)parser.HandleNextDocument(finder);
    } catch (YAML::Exception const&) {
        lines_.clear();
    }
}

BERTH_DECL auto yaml_lines::line_of(std::string_view path) const -> std::optional<std::size_t> {
    while (!path.empty()) {
        if (auto const at = lines_.find(path); at != lines_.end()) return at->second;
        auto const cut = path.find_last_of(".[");
        path = path.substr(0, cut == std::string_view::npos ? 0 : cut);
    }
    return std::nullopt;
}

} // namespace berth::api
