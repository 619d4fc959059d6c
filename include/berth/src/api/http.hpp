#pragma once

/// \file
/// The bodies of `api/http`, for one unit of a program in separate compilation.

#include <berth/api/http/accept.ipp>
#include <berth/api/http/access.ipp>
#include <berth/api/http/body.ipp>
#include <berth/api/http/component_pages.ipp>
#include <berth/api/http/connect.ipp>
#include <berth/api/http/delete_options.ipp>
#include <berth/api/http/detail/connection.ipp>
#include <berth/api/http/detail/hub.ipp>
#include <berth/api/http/detail/stand_ins.ipp>
#include <berth/api/http/discovery.ipp>
#include <berth/api/http/documents.ipp>
#include <berth/api/http/gzip.ipp>
#include <berth/api/http/health.ipp>
#include <berth/api/http/listener.ipp>
#include <berth/api/http/log.ipp>
#include <berth/api/http/openapi.ipp>
#include <berth/api/http/openapi_v2.ipp>
#include <berth/api/http/origin.ipp>
#include <berth/api/http/parameters.ipp>
#include <berth/api/http/query.ipp>
#include <berth/api/http/render.ipp>
#include <berth/api/http/request_figures.ipp>
#include <berth/api/http/request_labels.ipp>
#include <berth/api/http/route.ipp>
#include <berth/api/http/server.ipp>
#include <berth/api/http/service.ipp>
#include <berth/api/http/status.ipp>
#include <berth/api/http/table.ipp>
#include <berth/api/http/text_cache.ipp>
#include <berth/api/http/yaml_text.ipp>
#include <berth/api/yaml.ipp>
#include <berth/api/yaml_lines.ipp>
