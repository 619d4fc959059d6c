#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugin_libraries.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/configuration/plugin_points.hpp>
#include <berth/kube/schedule/plugin_libraries.hpp>

#include <algorithm>
#include <utility>

namespace berth::kube {

BERTH_DECL auto plugin_libraries::load(std::vector<std::string> const& files) -> result<plugin_libraries> {
    auto out = plugin_libraries();
    for (auto const& file : files) {
        // A file, and not a name for the loader to look for.
        auto library =
            schedule::plugin_library::open(file.find('/') == std::string::npos ? "./" + file : file);
        if (!library) return std::unexpected(std::move(library).error());
        if (auto ok = out.add(*std::move(library), file); !ok) return std::unexpected(std::move(ok).error());
    }
    return out;
}

BERTH_DECL auto plugin_libraries::add(schedule::plugin_library library, std::string what) -> result<void> {
    auto more = std::vector<offer>();
    for (auto& name : library.names()) {
        auto const refuse = [&](std::string const& why) {
            return fail(error_code::invalid, what + ": plugin " + name + ": " + why);
        };
        if (name == "*") return refuse("a file means all plugins by that name");
        if (configuration::is_stock_plugin(name)) return refuse("kube-scheduler has one of that name");
        auto const other = std::ranges::find(offers_, name, &offer::name);
        if (other != offers_.end()) return refuse("there is one of that name in " + files_[other->library]);
        auto const filters = library.filters(name);
        auto const scores = library.scores(name);
        more.push_back({std::move(name), filters, scores, libraries_.size()});
    }
    offers_.insert(offers_.end(), more.begin(), more.end());
    libraries_.push_back(std::move(library));
    files_.push_back(std::move(what));
    return {};
}

BERTH_DECL auto plugin_libraries::open(std::string_view name, bool filters, bool scores,
                                       std::string const& arguments) const
    -> result<plugins::library_plugin> {
    auto const at = std::ranges::find(offers_, name, &offer::name);
    if (at == offers_.end())
        return fail(error_code::not_found, "no library has a plugin " + std::string(name));
    auto const& from = libraries_[at->library];
    auto const& words = plugins::library_vocabulary();
    auto out = plugins::library_plugin{.name = at->name};
    if (filters) {
        auto leaf = from.filter(name, words, arguments);
        if (!leaf) return std::unexpected(std::move(leaf).error());
        out.filter = *std::move(leaf);
    }
    if (scores) {
        auto leaf = from.score(name, words, arguments);
        if (!leaf) return std::unexpected(std::move(leaf).error());
        out.score = *std::move(leaf);
    }
    return out;
}

} // namespace berth::kube
