#pragma once

/// \file
/// The bodies of `berth/api/client.hpp`.

#include <berth/api/client.hpp>
#include <berth/core/config.hpp>

namespace berth::api::detail {

BERTH_DECL auto only_one(std::vector<result<written>> answers) -> result<written> {
    return std::move(answers.front());
}

BERTH_DECL auto deletions_of(object_list const& all, object::resource_name const& r, delete_options const& o)
    -> std::vector<write> {
    auto out = std::vector<write>();
    out.reserve(all.items.size());
    for (auto const& item : all.items) out.push_back(remove_request{&r, item.object.metadata().where(), o});
    return out;
}

BERTH_DECL auto first_error(std::vector<result<written>> answers) -> result<void> {
    for (auto& done : answers)
        if (!done && done.error().code != error_code::not_found)
            return std::unexpected(std::move(done).error());
    return {};
}

BERTH_DECL auto object_of(result<written> done) -> result<object::object_ref> {
    if (!done) return std::unexpected(std::move(done).error());
    return std::move(done->object);
}

BERTH_DECL auto deletion_of(result<written> done) -> result<deletion> {
    if (!done) return std::unexpected(std::move(done).error());
    return deletion{done->gone, std::move(done->object)};
}

BERTH_DECL auto written_of(result<object::object_ref> done, bool created) -> result<written> {
    if (!done) return std::unexpected(std::move(done).error());
    return written{.object = *std::move(done), .created = created};
}

} // namespace berth::api::detail
