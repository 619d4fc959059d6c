#pragma once

/// \file
/// Server-side apply of any documents to any objects: what the fuzzer runs, and a plain test over the kept
/// corpus.

#include "must.hpp"

#include <berth/object/any_object.hpp>
#include <berth/object/apply.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/parse.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::fuzz {

/// An element that is told apart by `n` and `i`.
struct barge {
    std::string n;
    std::int32_t i = 0;
    std::vector<std::string> s;
    object::string_map m;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(barge, "test.Barge", (n, .always = true), (i, .always = true),
                   (s, .topology = object::merge_topology::set), (m))
};

/// A type with every way of owning.
struct fleet {
    std::string n;
    std::int32_t i = 0;
    object::list<barge> k;
    std::vector<std::string> s;
    object::list<barge> a;
    object::dictionary<barge> m;
    object::boxed<barge> o;
    object::boxed<object::raw_json> r;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(fleet, "test.Fleet", (n, .always = true), (i),
                   (k, .topology = object::merge_topology::map, .list_keys = "n,i"),
                   (s, .topology = object::merge_topology::set), (a), (m), (o), (r))
};

/// A set of fields is written as it is read.
inline auto read_fields(std::string_view text) -> void {
    auto const read = object::field_set::decode(text);
    if (!read) return must(!read.error().message.empty());
    auto const again = object::field_set::decode(read->encode());
    must(again && *again == *read && again->encode() == read->encode());
    read->each(
        [&](object::field_path_elements const& p) { must(read->contains(p) && !object::shown(p).empty()); });
    must((*read - *read).empty() && (*read | *read) == *read && (*read & *read) == *read);
}

/// An object and its owners.
struct applied_world {
    object::draft object{object::type_of<fleet>()};
    std::vector<object::field_owner> owners{};

    auto apply(std::string who, boost::json::value const& document) -> bool {
        auto const stated = object::stated_fields(object.type(), document);
        auto const done = object::apply_document(object.type(), object.data(), document, owners,
                                                 {std::move(who), "v1", true, nullptr}, true);
        if (!done) return must(!done.error().message.empty()), false;
        must(stated.has_value() && done->conflicts.empty());
        return true;
    }
};

/// The first line is an object, or a set of fields; the next two are applied to it, in two names.
inline auto apply_documents(std::string_view input) -> void {
    auto lines = std::vector<boost::json::value>();
    read_fields(input.substr(0, input.find('\n')));
    while (!input.empty()) {
        auto const end = std::min(input.find('\n'), input.size());
        auto document = object::parse_document(input.substr(0, end));
        if (!document || !document->value.is_object()) return;
        lines.push_back(std::move(document->value));
        input.remove_prefix(std::min(end + 1, input.size()));
    }
    if (lines.empty()) return;
    auto w = applied_world();
    auto d = object::decoder(object::unknown_members::drop);
    if (!d.decode_document(lines.front().get_object(), w.object.type(), w.object.data())) return;
    auto const nothing = object::draft(w.object.type());
    object::note_change(object::compare_fields(nothing.type(), nothing.data(), w.object.data()), w.owners,
                        {"update", "v1", false, nullptr});
    for (std::size_t n = 1; n < lines.size() && n < 4; ++n) {
        auto const who = n == 2 ? "other" : "one";
        if (!w.apply(who, lines[n])) return;
        must(!w.owners.empty());
    }
    auto const all = object::fields_in(w.object.type(), w.object.data());
    must(object::compare_fields(w.object.type(), w.object.data(), w.object.data()).same());
    must(w.apply("one", boost::json::object()) && w.apply("other", boost::json::object()));
    object::extract_fields(w.object.type(), w.object.data(), all);
    object::remove_fields(w.object.type(), w.object.data(), all);
}

} // namespace berth::fuzz
