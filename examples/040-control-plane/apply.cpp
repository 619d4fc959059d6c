/// \file
/// Applies manifests to an API server in the process.

#include "story.hpp"

#include <berth/api/yaml.hpp>
#include <berth/object/parse.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace plane {

namespace {

namespace api = berth::api;

auto text_member(boost::json::object const& o, char const* name) -> std::string {
    auto const* v = o.if_contains(name);
    return v != nullptr && v->is_string() ? std::string(v->get_string()) : std::string();
}

/// The kind that a document is of, and the name and namespace in its metadata.
auto target_of(api_server& server, boost::json::object const& document) -> berth::result<api::target> {
    auto const version = text_member(document, "apiVersion");
    auto const slash = version.find('/');
    auto const group = slash == std::string::npos ? std::string() : version.substr(0, slash);
    auto const name = text_member(document, "kind");
    auto out = api::target{};
    out.of =
        server.kinds().find_kind(group, version.substr(slash == std::string::npos ? 0 : slash + 1), name);
    if (out.of == nullptr)
        return api::bad_request("no matches for kind \"" + name + "\" in version \"" + version + "\"");
    auto const* metadata = document.if_contains("metadata");
    if (metadata == nullptr || !metadata->is_object()) return api::bad_request(name + " has no metadata");
    out.name = text_member(metadata->get_object(), "name");
    out.namespace_ = text_member(metadata->get_object(), "namespace");
    if (out.of->resource->namespaced && out.namespace_.empty()) out.namespace_ = "default";
    return out;
}

auto apply(api_server& server, std::string const& json) -> berth::result<void> {
    auto const document = berth::object::parse_document(json);
    if (!document) return std::unexpected(document.error());
    if (!document->value.is_object()) return api::bad_request("a manifest must be a mapping");
    auto const target = target_of(server, document->value.get_object());
    if (!target) return std::unexpected(target.error());
    auto warnings = std::vector<std::string>();
    auto create = api::create_options{};
    create.validation = api::field_validation::strict;
    auto const created = server.create_json(*target, json, create, warnings);
    if (created) return {};
    if (created.error().code != berth::error_code::already_exists) return std::unexpected(created.error());
    auto update = api::update_options{};
    update.validation = api::field_validation::strict;
    auto const updated = server.update_json(*target, json, update, warnings);
    if (!updated) return std::unexpected(updated.error());
    return {};
}

auto read(std::filesystem::path const& file) -> std::string {
    auto in = std::ifstream(file);
    auto out = std::ostringstream();
    out << in.rdbuf();
    return out.str();
}

} // namespace

auto apply_folder(api_server& server, std::string const& folder) -> berth::result<void> {
    auto files = std::vector<std::filesystem::path>();
    auto problem = std::error_code();
    for (auto const& entry : std::filesystem::directory_iterator(folder, problem)) {
        auto const kind = entry.path().extension();
        if (kind == ".yaml" || kind == ".yml" || kind == ".json") files.push_back(entry.path());
    }
    if (problem) return berth::fail(berth::error_code::not_found, folder + ": " + problem.message());
    if (files.empty())
        return berth::fail(berth::error_code::not_found, folder + ": no .yaml, .yml or .json files");
    std::sort(files.begin(), files.end());
    for (auto const& file : files) {
        auto const documents = api::yaml_to_json(read(file));
        auto const blame = [&](berth::error e) {
            e.message = file.string() + ": " + e.message;
            return std::unexpected(std::move(e));
        };
        if (!documents) return blame(documents.error());
        for (auto const& d : *documents)
            if (auto ok = apply(server, d); !ok) return blame(ok.error());
    }
    return {};
}

} // namespace plane
