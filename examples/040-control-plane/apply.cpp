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

/// The object that a manifest describes.
auto read_manifest(api_server& server, std::string const& json) -> berth::result<berth::object::draft> {
    auto const document = berth::object::parse_document(json);
    if (!document) return std::unexpected(document.error());
    if (!document->value.is_object()) return api::bad_request("a manifest must be a mapping");
    auto const& members = document->value.get_object();
    auto const version = text_member(members, "apiVersion");
    auto const slash = version.find('/');
    auto const group = slash == std::string::npos ? std::string() : version.substr(0, slash);
    auto const name = text_member(members, "kind");
    auto const kinds = server.kinds().snapshot();
    auto const* const of =
        kinds->find_kind(group, version.substr(slash == std::string::npos ? 0 : slash + 1), name);
    if (of == nullptr)
        return api::bad_request("no matches for kind \"" + name + "\" in version \"" + version + "\"");
    auto warnings = std::vector<std::string>();
    auto reader = api::body_reader(*kinds, *of->resource, *of->type, api::field_validation::strict, warnings);
    auto object = reader.read(json);
    if (object && of->resource->namespaced && object->metadata().namespace_.empty())
        object->metadata().namespace_ = "default";
    return object;
}

auto apply(api_server& server, std::string const& json) -> berth::result<void> {
    auto read = read_manifest(server, json);
    if (!read) return std::unexpected(std::move(read).error());
    auto const object = std::move(*read).finish();
    auto client = server.as({.user = "system:admin", .groups = {"system:masters"}, .field_manager = "apply"});
    auto const created = api::create(client, object);
    if (created) return {};
    if (created.error().code != berth::error_code::already_exists) return std::unexpected(created.error());
    auto const updated = api::update(client, object, {});
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
